/** An address without the keys of its modules and resource: `module.a["k"].x.y[0]` is `module.a.x.y`. */
export function withoutKeys(address: string): string {
  return address.replace(/\["[^"\\]*(?:\\[\s\S][^"\\]*)*"\]|\[\d+\]|\[\*\]/g, '');
}
