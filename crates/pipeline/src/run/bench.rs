//! The stages of one kind, opened for one worker.

use recoup_model::Diagnostic;
use recoup_plugin::{Context, Sink, StageItem};

use crate::pipeline::Declared;
use crate::{Running, StageFailure};

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

/// What a stage emitted and reported.
pub(crate) struct Heard<O> {
    pub(crate) emitted: Vec<O>,
    pub(crate) reported: Vec<Diagnostic>,
}

/// What one call of a stage gave: what was heard, and whether it went well.
pub(crate) type Call<O> = (Heard<O>, Result<(), StageFailure>);

impl<O> Default for Heard<O> {
    fn default() -> Self {
        Heard { emitted: Vec::new(), reported: Vec::new() }
    }
}

impl<O> Sink<O> for Heard<O> {
    fn emit(&mut self, item: O) {
        self.emitted.push(item);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.reported.push(diagnostic);
    }
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
