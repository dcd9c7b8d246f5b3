/**
 * Whether people who are no administrators may write below a path, as path rules of Windows spell it: their own folders, temporary
 * ones, sticks, and the root of a drive. Microsoft, AppLocker: path variables and default rules.
 */
export function isWritablePath(path: string): boolean {
  const said = path.toLowerCase();
  return /^(%osdrive%|[a-z]:)\\(\*|users(\\|$)|temp(\\|$)|programdata\\\*|perflogs\\)/.test(said)
    || /^%(removable|hot|userprofile|appdata|localappdata|temp|tmp)%/.test(said)
    || /^(%windir%|[a-z]:\\windows)\\(temp|tasks|tracing|debug\\wia)(\\|$)/.test(said)
    || /^(%system32%)\\(spool\\drivers\\color|tasks)(\\|$)/.test(said);
}
