//! The files of the sample notebook. They were drawn for it; no photograph of anybody's.

/// Gives the bytes of a file by its name.
pub(super) fn bytes_of(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "chart-margin.png" => include_bytes!("pictures/chart-margin.png"),
        "chart-orders.png" => include_bytes!("pictures/chart-orders.png"),
        "desk.jpg" => include_bytes!("pictures/desk.jpg"),
        "estimate-page.jpg" => include_bytes!("pictures/estimate-page.jpg"),
        "release-checklist.pdf" => include_bytes!("pictures/release-checklist.pdf"),
        "stickies.jpg" => include_bytes!("pictures/stickies.jpg"),
        "train-window.jpg" => include_bytes!("pictures/train-window.jpg"),
        "whiteboard-flag.jpg" => include_bytes!("pictures/whiteboard-flag.jpg"),
        "whiteboard-margin.jpg" => include_bytes!("pictures/whiteboard-margin.jpg"),
        _ => return None,
    })
}
