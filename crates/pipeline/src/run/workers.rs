//! Work on many items by several threads, with a result that does not tell how many there were.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Runs `step` on every item. Each worker has a state of its own, from `start`, which `end` turns into what it still
/// had to say. Gives the results in the order of the items, and what the workers still had to say in no order.
///
/// # Errors
/// Where a worker cannot start: the error of one of them.
pub(crate) fn each<T: Sync, S, R: Send, X: Send, E: Send>(
    threads: usize,
    items: &[T],
    start: impl Fn() -> Result<S, E> + Sync,
    step: impl Fn(&mut S, &T) -> R + Sync,
    end: impl Fn(S) -> X + Sync,
) -> Result<(Vec<R>, Vec<X>), E> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<(Vec<(usize, R)>, X), E> {
        let mut state = start()?;
        let mut results = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            results.push((at, step(&mut state, item)));
        }
        Ok((results, end(state)))
    };
    let count = wanted(threads).min(items.len()).max(1);
    let workers: Vec<Result<_, E>> = if count == 1 {
        vec![work()]
    } else {
        thread::scope(|scope| {
            let handles: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
            let joined = handles.into_iter().map(thread::ScopedJoinHandle::join);
            // Stages do not let a panic out, so this one is the host's own and goes on.
            joined.map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    };
    let mut results = Vec::with_capacity(items.len());
    let mut rest = Vec::new();
    for worker in workers {
        let (done, still) = worker?;
        results.extend(done);
        rest.push(still);
    }
    results.sort_by_key(|(at, _)| *at);
    Ok((results.into_iter().map(|(_, result)| result).collect(), rest))
}

/// How many threads are meant: 0 = as many as the machine offers.
pub(crate) fn wanted(threads: usize) -> usize {
    match threads {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        n => n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        for threads in [1, 2, 7, 0] {
            let start = || Ok::<_, ()>(0_u32);
            let add = |sum: &mut u32, n: &u32| {
                *sum += n;
                n * 2
            };
            let (doubled, sums) = each(threads, &items, start, add, |sum| sum).unwrap_or_default();
            assert_eq!(doubled, items.iter().map(|n| n * 2).collect::<Vec<_>>());
            assert_eq!(sums.iter().sum::<u32>(), 4950);
        }
    }

    #[test]
    fn a_worker_that_cannot_start_is_an_error() {
        let result = each(2, &[1, 2], || Err::<(), _>("no"), |(), n| *n, |()| ());
        assert_eq!(result.map(|_| ()), Err("no"));
    }
}
