// Loaded into the measured process before fourproof: writes what the process used to $FOURPROOF_PROBE when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: maxRSS * 1024 };
  if (process.env.FOURPROOF_PROBE) writeFileSync(process.env.FOURPROOF_PROBE, JSON.stringify(usage));
});
