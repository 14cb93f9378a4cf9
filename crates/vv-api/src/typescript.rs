//! The TypeScript of the surface, made from the Rust types.
//!
//! It gives two texts, which stand committed in `ui/src/ipc/generated/`: the types, and the map from each command to its
//! request and answer. It writes no file itself: the program `generate-types` does, and a test compares. Nothing in
//! them names the shell, so that the interface's one door can be another one in tests.

use std::{any::TypeId, collections::BTreeMap, fmt::Write as _};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    commands::COMMANDS,
    error::ApiError,
    model::{
        devices, events, goals, growth, guides, intentions, journal, loops, meetings, notebook, pairing_asks,
        pairings, past, people, portability, search, settings, spaces, sync, templates, voice,
    },
};

const HEADER: &str =
    "// Made by `cargo xtask types` from crates/vv-api. Do not change it here: a test compares.\n";

/// Makes the text of `types.ts`: every type that crosses, in order of its name.
pub fn types() -> String {
    let mut text = HEADER.to_owned();
    for declaration in collect().into_values() {
        text.push('\n');
        text.push_str(&declaration);
    }
    text
}

/// Makes the text of `commands.ts`: the map of commands, their names in a list, and the map of events.
pub fn commands() -> String {
    let types = collect();
    let mut used: Vec<&str> = COMMANDS
        .iter()
        .flat_map(|command| [command.request, command.answer])
        .chain(events::EVENTS.iter().map(|(_, carries)| *carries))
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
        .filter(|name| types.contains_key(*name))
        .collect();
    used.sort_unstable();
    used.dedup();

    let mut text = HEADER.to_owned();
    text.push_str("\nimport type {\n");
    for name in used {
        let _ = writeln!(text, "  {name},");
    }
    text.push_str("} from \"./types\";\n");
    text.push_str("\n/** Says for each command what goes in and what comes out. A command that takes nothing has the request `null`. */\n");
    text.push_str("export interface CommandMap {\n");
    for command in COMMANDS {
        let request = if command.request.is_empty() { "null" } else { command.request };
        let _ = writeln!(text, "  /** {} */", command.about);
        let _ = writeln!(text, "  {}: {{ request: {request}; answer: {} }};", command.name, command.answer);
    }
    text.push_str("}\n\n/** Lists every command once. */\nexport const COMMAND_NAMES = [\n");
    for command in COMMANDS {
        let _ = writeln!(text, "  \"{}\",", command.name);
    }
    text.push_str("] as const satisfies readonly (keyof CommandMap)[];\n");
    text.push_str("\n/** Says for each event of the host what it carries. */\nexport interface EventMap {\n");
    for (name, carries) in events::EVENTS {
        let _ = writeln!(text, "  {name}: {carries};");
    }
    text.push_str("}\n");
    text
}

/// Gathers the declarations of all types that are reached from the roots, by their TypeScript name.
fn collect() -> BTreeMap<String, String> {
    let mut gathered = Gathered {
        config: Config::new().with_large_int("number"),
        seen: Vec::new(),
        declarations: BTreeMap::new(),
    };
    roots(&mut gathered);
    gathered.declarations
}

/// Visits each type that a command, an event or an error names. What these hold is found from them.
fn roots(to: &mut Gathered) {
    to.visit::<ApiError>();
    to.visit::<events::Changed>();
    to.visit::<portability::Progress>();
    to.visit::<notebook::NotebookStatus>();
    to.visit::<notebook::CreateNotebook>();
    to.visit::<notebook::UnlockNotebook>();
    to.visit::<notebook::MoveKey>();
    to.visit::<notebook::VerifyReport>();
    to.visit::<notebook::DoctorLine>();
    to.visit::<notebook::KitView>();
    to.visit::<notebook::SaveKit>();
    to.visit::<notebook::CheckKit>();
    to.visit::<notebook::MakeBackup>();
    to.visit::<notebook::BackupView>();
    to.visit::<notebook::RestoreBackup>();
    to.visit::<notebook::BackupState>();
    to.visit::<notebook::DrillView>();
    to.visit::<notebook::JoinedView>();
    to.visit::<journal::ListEntries>();
    to.visit::<journal::EntryPage>();
    to.visit::<journal::LocateEntry>();
    to.visit::<journal::EntryView>();
    to.visit::<journal::CreateEntry>();
    to.visit::<journal::ChangeEntry>();
    to.visit::<journal::EditorView>();
    to.visit::<journal::KeepDraft>();
    to.visit::<journal::SaveText>();
    to.visit::<journal::SavedText>();
    to.visit::<journal::DeletedView>();
    to.visit::<journal::VersionRow>();
    to.visit::<journal::ReadVersion>();
    to.visit::<journal::VersionView>();
    to.visit::<journal::RestoreVersion>();
    to.visit::<journal::TagView>();
    to.visit::<journal::ReadCalendar>();
    to.visit::<journal::CalendarDay>();
    to.visit::<journal::AttachPath>();
    to.visit::<journal::AttachBytes>();
    to.visit::<journal::AttachmentView>();
    to.visit::<journal::SaveAttachment>();
    to.visit::<journal::FindLink>();
    to.visit::<journal::LinkTarget>();
    to.visit::<journal::CaptureKept>();
    to.visit::<guides::InLanguage>();
    to.visit::<guides::OpenRun>();
    to.visit::<voice::VoiceState>();
    to.visit::<voice::StartVoice>();
    to.visit::<voice::ChangeMark>();
    to.visit::<voice::RecoveredVoice>();
    to.visit::<guides::GuideRow>();
    to.visit::<guides::NameGuide>();
    to.visit::<guides::GuideView>();
    to.visit::<guides::RunRow>();
    to.visit::<guides::StartGuide>();
    to.visit::<guides::RunView>();
    to.visit::<guides::GiveAnswers>();
    to.visit::<guides::MoveRun>();
    to.visit::<guides::FinishRun>();
    to.visit::<guides::FinishedView>();
    to.visit::<guides::SaveGuide>();
    to.visit::<guides::CopyGuide>();
    to.visit::<guides::ImportedGuide>();
    to.visit::<guides::ExportGuide>();
    to.visit::<guides::TrashGuide>();
    to.visit::<growth::ReadGrowth>();
    to.visit::<growth::TopicsView>();
    to.visit::<growth::YearWord>();
    to.visit::<growth::SavePicture>();
    to.visit::<loops::ChangeFilling>();
    to.visit::<loops::ChangeLoop>();
    to.visit::<loops::CloseLoop>();
    to.visit::<loops::EntryLoops>();
    to.visit::<loops::FillLoop>();
    to.visit::<loops::LoopFilter>();
    to.visit::<loops::LoopRow>();
    to.visit::<loops::LoopView>();
    to.visit::<loops::MakeLoop>();
    to.visit::<loops::NamedFilling>();
    to.visit::<loops::ParkLoop>();
    to.visit::<goals::AddPoint>();
    to.visit::<goals::ChangeGoal>();
    to.visit::<goals::EndGoal>();
    to.visit::<goals::GoalFilter>();
    to.visit::<goals::GoalPlan>();
    to.visit::<goals::GoalView>();
    to.visit::<goals::NamedPoint>();
    to.visit::<goals::Objective>();
    to.visit::<intentions::AnswerIntention>();
    to.visit::<intentions::ChangeIntention>();
    to.visit::<intentions::IntentionAnswered>();
    to.visit::<intentions::IntentionView>();
    to.visit::<intentions::ListIntentions>();
    to.visit::<intentions::MakeIntention>();
    to.visit::<past::AnswerKeepsake>();
    to.visit::<past::AnswerLearned>();
    to.visit::<past::KeepEntry>();
    to.visit::<past::KeepsakeAnswered>();
    to.visit::<past::LookBackView>();
    to.visit::<past::ReadLookBack>();
    to.visit::<past::TodayView>();
    to.visit::<past::WeekGivenView>();
    to.visit::<templates::TemplateList>();
    to.visit::<templates::TemplateView>();
    to.visit::<templates::SaveTemplate>();
    to.visit::<templates::FillTemplate>();
    to.visit::<templates::FilledTemplate>();
    to.visit::<people::PersonRow>();
    to.visit::<people::NamedPerson>();
    to.visit::<people::PersonView>();
    to.visit::<people::SavePerson>();
    to.visit::<people::MergePeople>();
    to.visit::<people::DeletePerson>();
    to.visit::<people::EntryPeople>();
    to.visit::<people::HelpedView>();
    to.visit::<people::ListHelped>();
    to.visit::<people::NoteHelped>();
    to.visit::<people::ChangeHelped>();
    to.visit::<people::CaptureHelped>();
    to.visit::<search::SearchOthers>();
    to.visit::<search::OtherHit>();
    to.visit::<search::SearchEntries>();
    to.visit::<search::SearchResult>();
    to.visit::<portability::ImportJournal>();
    to.visit::<portability::ImportReport>();
    to.visit::<portability::SaveReport>();
    to.visit::<portability::ExportJournal>();
    to.visit::<portability::ExportReport>();
    to.visit::<portability::ExportSpace>();
    to.visit::<portability::SpaceExportReport>();
    to.visit::<sync::SyncState>();
    to.visit::<sync::SyncView>();
    to.visit::<sync::TestFolder>();
    to.visit::<sync::FolderFinding>();
    to.visit::<sync::TestServer>();
    to.visit::<sync::ServerFinding>();
    to.visit::<sync::AddFolder>();
    to.visit::<sync::AddServer>();
    to.visit::<sync::AnswerAlarm>();
    to.visit::<sync::SpaceSync>();
    to.visit::<sync::RefusedRecord>();
    to.visit::<devices::DeviceRow>();
    to.visit::<devices::RenameDevice>();
    to.visit::<devices::RevokePlan>();
    to.visit::<devices::BeginLink>();
    to.visit::<devices::AnswerLink>();
    to.visit::<devices::ConfirmLink>();
    to.visit::<devices::LinkView>();
    to.visit::<devices::GivenKit>();
    to.visit::<devices::KitPlaces>();
    to.visit::<devices::ComeBack>();
    to.visit::<devices::RehearsalView>();
    to.visit::<devices::RehearseKit>();
    to.visit::<devices::PrintKit>();
    to.visit::<spaces::SpaceRow>();
    to.visit::<spaces::SpaceView>();
    to.visit::<spaces::InviteView>();
    to.visit::<spaces::CreateSpace>();
    to.visit::<spaces::RenameSpace>();
    to.visit::<spaces::MakeInvite>();
    to.visit::<spaces::NamedInvite>();
    to.visit::<spaces::SaveInvite>();
    to.visit::<spaces::NamedRequest>();
    to.visit::<spaces::SaveLetter>();
    to.visit::<spaces::GivenInvite>();
    to.visit::<spaces::InvitationView>();
    to.visit::<spaces::JoinSpace>();
    to.visit::<spaces::TakenLetter>();
    to.visit::<spaces::NamedMember>();
    to.visit::<spaces::ChangeRole>();
    to.visit::<spaces::CompareWords>();
    to.visit::<spaces::GiveConsent>();
    to.visit::<pairing_asks::AnswerPromise>();
    to.visit::<pairing_asks::AnswerSession>();
    to.visit::<pairing_asks::ChangePairing>();
    to.visit::<pairing_asks::DraftAgreement>();
    to.visit::<pairing_asks::EndPairing>();
    to.visit::<pairing_asks::EndPairingGoal>();
    to.visit::<pairing_asks::KeepPreparation>();
    to.visit::<pairing_asks::MakePairing>();
    to.visit::<pairing_asks::MakePromise>();
    to.visit::<pairing_asks::NoteMet>();
    to.visit::<pairing_asks::OpenPairingText>();
    to.visit::<pairing_asks::OpenedPairingText>();
    to.visit::<pairings::PairingRow>();
    to.visit::<pairings::PairingView>();
    to.visit::<pairing_asks::PausePairing>();
    to.visit::<pairing_asks::PlanSession>();
    to.visit::<pairings::PreparationView>();
    to.visit::<pairings::PromiseView>();
    to.visit::<pairing_asks::SavePairingGoal>();
    to.visit::<pairing_asks::SavePairingText>();
    to.visit::<pairing_asks::SignAgreement>();
    to.visit::<pairing_asks::PreviewSharing>();
    to.visit::<pairing_asks::SharePairing>();
    to.visit::<pairings::GoingOverView>();
    to.visit::<meetings::BeginMeeting>();
    to.visit::<meetings::NameMeeting>();
    to.visit::<meetings::AnswerMeeting>();
    to.visit::<meetings::MoveMeeting>();
    to.visit::<meetings::MeetingView>();
    to.visit::<growth::BraidWeek>();
    to.visit::<settings::Settings>();
}

struct Gathered {
    config: Config,
    seen: Vec<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Gathered {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        if T::output_path().is_some() {
            let declaration =
                tidy(&format!("{}export {}", T::docs().unwrap_or_default(), T::decl(&self.config)));
            self.declarations.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
    }
}

/// Lays a declaration out for people: comments of one sentence on one line, fields under each other and indented.
fn tidy(text: &str) -> String {
    let mut laid_out = String::new();
    let mut depth = 0_usize;
    let text = text
        .replace("/**\n * ", "/** ")
        .replace("\n */", " */")
        .replace(", };", ",\n};")
        .replace(", } |", ",\n} |");
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let comment = line.starts_with("/**") || line.starts_with('*');
        let closing = if comment { 0 } else { line.matches('}').count() };
        let opening = if comment { 0 } else { line.matches('{').count() };
        let shown = if line.starts_with('}') { depth.saturating_sub(1) } else { depth };
        let _ = writeln!(laid_out, "{:width$}{line}", "", width = 2 * shown);
        depth = (depth + opening).saturating_sub(closing);
    }
    laid_out
}

#[cfg(test)]
mod tests {
    use super::{collect, commands, types};
    use crate::{commands::COMMANDS, model::events::EVENTS};

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/ipc/generated");

    #[test]
    fn the_committed_typescript_is_what_the_types_say() {
        for (name, made) in [("types.ts", types()), ("commands.ts", commands())] {
            let committed = std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap_or_default();
            assert!(
                committed == made,
                "{name} differs from the Rust types; run `cargo xtask types` and commit what it writes"
            );
        }
    }

    #[test]
    fn every_type_that_a_command_or_event_names_is_declared() {
        let declared = collect();
        let builtin = ["string", "number", "null", "boolean"];
        for text in COMMANDS
            .iter()
            .flat_map(|c| [c.request, c.answer])
            .chain(EVENTS.iter().map(|(_, carries)| *carries))
        {
            for name in text.split(|c: char| !c.is_alphanumeric()).filter(|name| !name.is_empty()) {
                assert!(
                    builtin.contains(&name) || declared.contains_key(name),
                    "{name} is named and not declared"
                );
            }
        }
    }

    #[test]
    fn no_command_is_listed_twice() {
        let mut names: Vec<_> = COMMANDS.iter().map(|c| c.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
