import { words } from "../i18n";
import { Icon } from "./Icon";

interface ZoomButtonsProps {
  zoomBy: (steps: number) => void;
  showWhole: () => void;
}

export function ZoomButtons({ zoomBy, showWhole }: ZoomButtonsProps) {
  return (
    <div class="map-zoom">
      <button type="button" aria-label={words.value.zoomIn} onClick={() => zoomBy(1)}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label={words.value.zoomOut} onClick={() => zoomBy(-1)}>
        <Icon name="minus" />
      </button>
      <button type="button" aria-label={words.value.wholeCity} onClick={showWhole}>
        <Icon name="whole" />
      </button>
    </div>
  );
}
