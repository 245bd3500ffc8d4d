//! The stages of one kind, opened for one worker.

use recoup_plugin::{Context, StageItem};

use super::workers::wanted;
use crate::pipeline::Declared;
use crate::running::{Call, Heard};
use crate::{Running, StageFailure};

/// Items that a stage in a process is given ahead.
const AHEAD: usize = 64;

/// One instance of each stage of one kind.
pub(crate) struct Bench<'p, I: StageItem> {
    stages: Vec<Place<'p, I>>,
}

struct Place<'p, I: StageItem> {
    declared: &'p Declared<I>,
    context: Context,
    /// `None` after a failure: the next item gets a new instance.
    instance: Option<Box<dyn Running<I>>>,
}

impl<'p, I: StageItem> Bench<'p, I> {
    /// Opens every stage.
    pub(crate) fn open(declared: &'p [Declared<I>], context: &Context) -> Result<Self, StageFailure> {
        let place = |declared: &'p Declared<I>| {
            let context = declared.context(context);
            let instance = Some(declared.open(&context)?);
            Ok(Place { declared, context, instance })
        };
        Ok(Bench { stages: declared.iter().map(place).collect::<Result<_, _>>()? })
    }

    /// How many stages there are.
    pub(crate) fn len(&self) -> usize {
        self.stages.len()
    }

    /// How many items a worker takes at a time: a stage in a process is given several ahead, and every worker has some.
    pub(crate) fn portion(declared: &[Declared<I>], items: usize, threads: usize) -> usize {
        if declared.iter().any(Declared::is_child) { (items / (4 * wanted(threads))).clamp(1, AHEAD) } else { 1 }
    }

    /// Gives some items to one stage.
    pub(crate) fn process(&mut self, stage: usize, items: Vec<I>) -> Call<I::Output> {
        let mut heard = Heard::default();
        let place = &mut self.stages[stage];
        let instance = match place.instance.take() {
            Some(instance) => Ok(instance),
            None => place.declared.open(&place.context),
        };
        let result = instance.and_then(|mut instance| {
            instance.process(items, &mut heard)?;
            place.instance = Some(instance);
            Ok(())
        });
        (heard, result)
    }

    /// Gives each of some items to one stage by itself.
    pub(crate) fn each(&mut self, stage: usize, items: Vec<I>) -> Vec<Call<I::Output>> {
        let rest = match &mut self.stages[stage].instance {
            Some(instance) => instance.each(items),
            None => Err(items),
        };
        match rest {
            Ok(calls) => calls,
            Err(items) => items.into_iter().map(|item| self.process(stage, vec![item])).collect(),
        }
    }

    /// One session of the only stage, from its items to its end. What was said before a failure stands in its remarks.
    pub(crate) fn whole(mut self, items: Vec<I>) -> Result<Heard<I::Output>, StageFailure> {
        let (mut heard, mut result) = self.process(0, items);
        for (rest, end) in self.finish() {
            heard.emitted.extend(rest.emitted);
            heard.reported.extend(rest.reported);
            result = result.and(end);
        }
        match result {
            Ok(()) => Ok(heard),
            Err(failure) => Err(StageFailure { remarks: heard.reported.into(), ..failure }),
        }
    }

    /// Ends every stage; gives what each still emitted.
    pub(crate) fn finish(self) -> Vec<Call<I::Output>> {
        let finish = |place: Place<'p, I>| {
            let mut heard = Heard::default();
            let result = place.instance.map_or(Ok(()), |mut instance| instance.finish(&mut heard));
            (heard, result)
        };
        self.stages.into_iter().map(finish).collect()
    }
}
