export interface Crumb {
  code: string;
  text: string;
  /** Where the crumb leads; absent where there is nothing to open. */
  open?: () => void;
}

interface BreadcrumbProps {
  label: string;
  crumbs: Crumb[];
  /** What surrounds them all, in a second line. */
  wide?: string;
}

/** An area inside an area inside an area; which end comes first is the page's own choice. */
export function Breadcrumb({ label, crumbs, wide = "" }: BreadcrumbProps) {
  if (crumbs.length === 0 && !wide) return null;
  return (
    <nav class="breadcrumb" aria-label={label}>
      <ol>
        {crumbs.map(({ code, text, open }) => (
          <li key={code}>
            {open ? (
              <button type="button" class="link" onClick={open}>
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        ))}
      </ol>
      {wide ? <p class="secondary">{wide}</p> : null}
    </nav>
  );
}
