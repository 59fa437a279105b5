"""When a page has come to rest: told by what it still has to do, not by a clock."""

from playwright.sync_api import BrowserContext, Page

# Counts what a page has begun and not ended: answers asked for, timers below a second, frames.
_COUNTING = """(() => {
    const open = new Set();
    const begin = (work) => { open.add(work); return () => open.delete(work); };
    const of = (name) => window[name].bind(window);
    const [frame, noFrame] = [of('requestAnimationFrame'), of('cancelAnimationFrame')];
    const [later, notLater] = [of('setTimeout'), of('clearTimeout')];
    const [frames, timers] = [new Map(), new Map()];
    const ended = (known, id) => { known.get(id)?.(); known.delete(id); };

    window.requestAnimationFrame = (work) => {
        const id = frame((now) => { try { work(now); } finally { ended(frames, id); } });
        frames.set(id, begin({}));
        return id;
    };
    window.cancelAnimationFrame = (id) => { noFrame(id); ended(frames, id); };
    window.setTimeout = (work, delay, ...given) => {
        if (typeof work !== 'function' || delay >= 1000) return later(work, delay, ...given);
        const id = later(() => { try { work(...given); } finally { ended(timers, id); } }, delay);
        timers.set(id, begin({}));
        return id;
    };
    window.clearTimeout = (id) => { notLater(id); ended(timers, id); };

    const counted = (holder, name) => {
        const original = holder[name];
        holder[name] = function (...given) {
            const end = begin({});
            const answer = original.apply(this, given);
            answer.then(end, end);
            return answer;
        };
    };
    counted(window, 'fetch');
    for (const name of ['arrayBuffer', 'blob', 'json', 'text']) counted(Response.prototype, name);

    window.comeToRest = async () => {
        const isCalm = () => open.size === 0 && [...document.images].every((one) => one.complete);
        for (let calm = 0; calm < 3; calm = isCalm() ? calm + 1 : 0) {
            await new Promise(frame);
            await new Promise((done) => later(done, 0));
        }
    };
})()"""


def count_work(context: BrowserContext) -> None:
    """Let the pages of a context tell when they have come to rest."""
    context.add_init_script(_COUNTING)


def come_to_rest(page: Page) -> None:
    """Return when the page has nothing left to do; a map has drawn and moved to its end by then."""
    page.evaluate("() => window.comeToRest()")
