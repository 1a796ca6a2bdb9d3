export function Table() {
  return <p />;
}
