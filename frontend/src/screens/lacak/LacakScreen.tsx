import { useEffect } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/lacak";
import { Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { TopBar } from "../../panels/TopBar";
import { CodeForm } from "./CodeForm";
import { Standing } from "./Standing";
import type { Lacak } from "./state";

interface LacakProps {
  lacak: Lacak;
}

function Body({ lacak }: LacakProps) {
  const { face, found } = lacak;
  if (face.value === "found" && found.value.value !== null)
    return <Standing lacak={lacak} told={found.value.value} />;
  return (
    <>
      <h1 tabIndex={-1}>{words.value.title}</h1>
      <Before lacak={lacak} />
    </>
  );
}

/** The page while it has no usulan to show. */
function Before({ lacak }: LacakProps) {
  const { face, found } = lacak;
  if (face.value === "code") return <CodeForm lacak={lacak} />;
  if (face.value === "waiting") return <Waiting />;
  return (
    <>
      <Failed
        title={words.value.failed}
        still={words.value.nothingLost}
        error={found.error.value}
        retry={() => found.retry()}
      />
      <button type="button" class="btn" onClick={() => lacak.close()}>
        {words.value.otherCode}
      </button>
    </>
  );
}

export function LacakScreen({ lacak }: LacakProps) {
  const title = lacak.found.value.value?.title ?? words.value.title;
  useEffect(() => {
    document.title = `${title} · ${shared.value.appName}`;
  }, [title]);
  return (
    <div class="lacak">
      <OfflineStrip />
      <TopBar page="/lacak" />
      <main class="lacak-main" aria-busy={lacak.found.loading.value}>
        <Body lacak={lacak} />
      </main>
    </div>
  );
}
