/** Bulwark's mark and name. */
export function Brand() {
  return (
    <span className="bw-brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <path className="bw-brand-wall" d="M4 4h5v3h4V4h6v3h4V4h5v13c0 6-5 9.5-12 12C9 26.500 4 23 4 17z" />
        <path className="bw-brand-check" d="M14.500 21.500 9.500 16.500l2-2 3 3 6-6 2 2z" />
      </svg>
      <span>Bulwark</span>
    </span>
  );
}
