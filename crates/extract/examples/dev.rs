use recoup_model::*;
use recoup_plugin::*;
use std::{path::Path, sync::Arc};
struct V<T>(Vec<T>);
impl<T> Sink<T> for V<T> {
    fn emit(&mut self, t: T) {
        self.0.push(t)
    }
    fn report(&mut self, d: Diagnostic) {
        eprintln!("{d:?}")
    }
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut theatre = recoup_language::world().clone();
    for f in std::fs::read_dir(&args[1]).unwrap() {
        let p = f.unwrap().path();
        theatre.extend(toml::from_str(&std::fs::read_to_string(p).unwrap()).unwrap());
    }
    let context = Context { theatre: Arc::new(theatre), ..Default::default() };
    let mut parse = recoup_parse::Text::open(Default::default(), &context).unwrap();
    let mut rules = recoup_extract::Rules::open(Default::default(), &context).unwrap();
    let manifest: toml::Table = toml::from_str(&std::fs::read_to_string(&args[2]).unwrap()).unwrap();
    let base = Path::new(&args[2]).parent().unwrap();
    let t0 = std::time::Instant::now();
    let mut bytes = 0;
    for (k, d) in manifest["documents"].as_table().unwrap() {
        let text = std::fs::read_to_string(base.join(d["file"].as_str().unwrap())).unwrap();
        bytes += text.len();
        let item = Item {
            origin: k.clone(),
            media_type: None,
            body: Body::Text(text),
            sidecar: Sidecar {
                doc: k.clone(),
                published: d.get("published").map(|p| p.to_string().parse().unwrap()),
                language: d.get("language").map(|p| p.as_str().unwrap().into()),
                outlet: d.get("outlet").map(|p| p.as_str().unwrap().into()),
                url: None,
            },
        };
        let mut docs = V(vec![]);
        parse.process(item, &mut Out::new(&mut docs)).unwrap();
        for doc in docs.0 {
            let mut claims = V(vec![]);
            rules.process(doc, &mut Out::new(&mut claims)).unwrap();
            for c in claims.0 {
                println!("{}", serde_json::to_string(&c).unwrap());
            }
        }
    }
    eprintln!("{bytes} bytes in {:?}", t0.elapsed());
}
