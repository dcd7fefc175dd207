/** Commands that close gaps of several threats. */

/** Exports what an account knows of the credentials of its users. */
export const CREDENTIAL_REPORT =
  'aws iam get-credential-report --query Content --output text | base64 -d > credential-report.csv';
