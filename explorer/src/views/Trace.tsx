export function Trace() {
  return <p />;
}
