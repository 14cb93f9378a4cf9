//! The small words of English and German, which say nothing about what a year was about. Folded as search folds them.

use std::collections::HashSet;
use std::sync::LazyLock;

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| ENGLISH.split_ascii_whitespace().chain(GERMAN.split_ascii_whitespace()).collect());

/// Tells whether a folded word is one of the small ones.
pub(super) fn is_common(folded: &str) -> bool {
    COMMON.contains(folded)
}

const ENGLISH: &str = "
    able about above across actually after again against all almost alone along already also although always among and
    another any anyone anything are aren around asked away back because become been before behind being below best better
    between both but came can cannot come could couldn day days did didn does doesn doing don done down each either else
    enough even ever every everyone everything far few find first for found from further gave get gets getting give given
    goes going gone good got had hadn has hasn have haven having her here hers herself him himself his how however into isn
    its itself just keep kept knew know last later least less let like little long look looked lot made make makes making
    many may maybe mean might mine more most much must myself need never new next nor not nothing now off often once one
    ones only onto other others our ours ourselves out over own part perhaps put quite rather really said same saw say says
    second see seem seems seen several shall she should shouldn since some someone something sometimes soon still such
    take taken tell than that the their theirs them themselves then there these they thing things think this those though
    thought three through time times today told tomorrow too took toward towards tried try trying two under until upon use
    used using very want wanted was wasn way week weeks well went were weren what when where whether which while who whole
    whom whose why will with within without won would wouldn year years yes yesterday yet you your yours yourself
";

const GERMAN: &str = "
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim bin
    bis bist da dabei dafur dagegen daher damit danach dann daran darauf darin daruber darum das dass davon davor dazu dein
    deine dem den denn der deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch
    eben ein eine einem einen einer eines einfach einige einigen einiger einiges einmal er erst es etwa etwas euch euer
    fast fur ganz gar gegen gehen geht gemacht genau gerade gern gesagt gewesen gibt ging gut hab habe haben hat hatte
    hatten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in ins ist ja jede jedem
    jeden jeder jedes jemand jetzt kann kannst kein keine keinem keinen keiner keines kommt konnen konnte konnten lange
    man manche mehr mein meine meinem meinen meiner meines mich mir mit morgen muss mussen musste nach nachdem nein nicht
    nichts nie noch nun nur ob oder oft ohne sagen sagt schon sehr sei seid sein seine seinem seinen seiner seines seit
    selbst sich sie sind so sogar solche soll sollen sollte sondern sonst soweit tag tage uber um und uns unser unsere
    unserem unseren unserer unter viel viele vielen vielleicht vom von vor wann war ware waren warum was weil weiter
    welche welchem welchen welcher welches wenig wenn wer werde werden weshalb wie wieder wieso will wir wird wirklich
    wirst wo wohl wollen wollte wurde wurden zeit zu zum zur zwar zwei zwischen
";
