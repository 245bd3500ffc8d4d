//! The built-in extractor `rules` as a shared library: whoever changes it can load his own beside recoup's.

recoup_plugin::export_stages!(recoup_extract::Rules);
