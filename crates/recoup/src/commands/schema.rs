//! `recoup schema`: JSON Schemas.

use std::io::Write;

use recoup_model::{Claim, Document, Finding};
use recoup_report::Report;
use schemars::schema_for;

use crate::args::{SchemaArgs, SchemaOf};
use crate::failure::{Exit, Failure};

pub(crate) fn run(args: &SchemaArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let schema = match args.of {
        SchemaOf::Pipeline => recoup_pipeline::pipeline_schema(),
        SchemaOf::Claim => schema_for!(Claim).to_value(),
        SchemaOf::Finding => schema_for!(Finding).to_value(),
        SchemaOf::Report => schema_for!(Report).to_value(),
        SchemaOf::Document => schema_for!(Document).to_value(),
        SchemaOf::Theatre => recoup_pipeline::theatre_schema(),
    };
    writeln!(out, "{schema:#}")?;
    Ok(Exit::Done)
}
