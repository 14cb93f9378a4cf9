//! What is counted, in the form that Prometheus reads. Numbers only: no ids, no addresses.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Seconds up to which answers are counted together.
const BUCKETS: [f64; 7] = [0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0];

/// Says which kind of request it was: the pattern of the path, never the path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RequestKind {
    /// The method.
    pub method: String,
    /// The pattern of the path.
    pub route: String,
    /// The status of the answer.
    pub status: u16,
}

/// Names a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RouteKind {
    /// The pattern of the path.
    pub route: String,
}

/// Holds all counters.
pub struct Metrics {
    registry: Registry,
    /// Requests by kind.
    pub requests: Family<RequestKind, Counter>,
    /// How long answers took, in seconds.
    pub seconds: Family<RouteKind, Histogram>,
    /// Records that were new.
    pub records_pushed: Counter,
    /// Records and stubs that were pulled.
    pub records_pulled: Counter,
    /// Bytes of chunks that were taken in.
    pub chunk_bytes: Counter,
    /// Listeners that are connected.
    pub listeners: Gauge,
    /// Pokes that were sent.
    pub pokes: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vv");
        let requests = Family::<RequestKind, Counter>::default();
        let seconds = Family::<RouteKind, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (records_pushed, records_pulled) = (Counter::default(), Counter::default());
        let (chunk_bytes, pokes) = (Counter::default(), Counter::default());
        let listeners = Gauge::default();
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "How long answers took", seconds.clone());
        registry.register("records_pushed", "Records taken in", records_pushed.clone());
        registry.register("records_pulled", "Records given out", records_pulled.clone());
        registry.register("chunk_bytes", "Bytes of sealed chunks taken in", chunk_bytes.clone());
        registry.register("listeners", "Live connections", listeners.clone());
        registry.register("pokes", "Pokes sent", pokes.clone());
        Self { registry, requests, seconds, records_pushed, records_pulled, chunk_bytes, listeners, pokes }
    }
}

impl Metrics {
    /// Gives all counters as text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a string cannot fail");
        text
    }
}
