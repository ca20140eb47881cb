// Waiting without sleeping: a condition is asked until it holds or its deadline has passed.
import { setInterval } from 'node:timers/promises';

const step_ms = 10;

/** The first truthy answer of `condition`; throws `what` after `limit_ms`. */
export async function until(condition, what, limit_ms = 10_000) {
    const deadline = performance.now() + limit_ms;
    const first = await condition();
    if (first) return first;
    for await (const _ of setInterval(step_ms)) {
        const answer = await condition();
        if (answer) return answer;
        if (performance.now() > deadline) throw new Error(`waited ${limit_ms} ms in vain for ${typeof what === 'function' ? what() : what}`);
    }
}
