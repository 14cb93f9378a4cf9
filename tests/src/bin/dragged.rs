//! Shows a small square from which a file can be dragged, as a file manager does. The file is the first argument.
//!
//! It says a line when the square is there, and stays until it is ended.

#![allow(clippy::print_stdout, reason = "the test waits for its line")]

#[cfg(target_os = "linux")]
fn main() {
    use gtk::{gdk, prelude::*};

    let file = std::env::args().nth(1).expect("the first argument is a file");
    let address = gtk::glib::filename_to_uri(file, None).expect("the file has a whole path");
    gtk::init().expect("there is a display");
    let square = gtk::Window::new(gtk::WindowType::Popup);
    square.move_(0, 0);
    square.set_default_size(80, 80);
    let what = [gtk::TargetEntry::new("text/uri-list", gtk::TargetFlags::OTHER_APP, 0)];
    square.drag_source_set(gdk::ModifierType::BUTTON1_MASK, &what, gdk::DragAction::COPY);
    square.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[address.as_str()]);
    });
    square.connect_map_event(|_, _| {
        println!("there");
        gtk::glib::Propagation::Proceed
    });
    square.show_all();
    gtk::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {}
