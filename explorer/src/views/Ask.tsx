export function Ask() {
  return <p />;
}
