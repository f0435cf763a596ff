use super::{Notice, Words};

pub(super) static WORDS: Words = Words {
    confirm_heading: "Sign in the panel that shows this code?",
    code: "Code",
    signed_in_as: ("You signed in with Microsoft as ", "."),
    confirm_why: "Confirm only if you see the same code in the panel you came from. If somebody sent you here, cancel.",
    confirm: "Confirm",
    cancel: "Cancel",
    unknown_heading: "There is no Eloops membership for this account",
    unknown: (
        "You signed in as ",
        ", and nobody with this account is an active member here. If you expected otherwise, HR can check your \
         record in Talent.",
    ),
    signed_in: Notice {
        heading: "You are signed in",
        text: "The panel goes on by itself. You can close this window.",
    },
    cancelled: Notice {
        heading: "You are not signed in",
        text: "Nothing was passed on to the panel. You can close this window.",
    },
    not_finished: Notice {
        heading: "You are not signed in",
        text: "The sign-in was not finished. You can close this window and start again in the panel.",
    },
    failed: Notice {
        heading: "Sign-in did not work this time",
        text: "Microsoft's sign-in or Eloops could not finish it. Close this window and try again in a minute; if it \
               stays, tell your administrator.",
    },
    start_again: Notice {
        heading: "Please start again",
        text: "This sign-in has ended or belongs to another window. Close this window, go back to the panel, and \
               choose Sign in once more.",
    },
    incomplete: Notice {
        heading: "This link is not complete",
        text: "Go back to the panel and choose Sign in there.",
    },
    in_a_frame: Notice {
        heading: "Please open this in a window of its own",
        text: "Sign-in does not work inside another page.",
    },
    from_elsewhere: Notice {
        heading: "Please start in the panel",
        text: "A link on another site brought you here, and a sign-in begins in the panel only. Nothing was done. Go \
               to the panel and choose Sign in there.",
    },
    foreign_form: Notice {
        heading: "This did not come from the sign-in page",
        text: "Nothing was done. Close this window and start again in the panel.",
    },
    slow_down: Notice {
        heading: "One moment, please",
        text: "Many sign-ins began from here within a minute. Try again in a minute.",
    },
    signed_out: Notice {
        heading: "You are signed out",
        text: "You are signed out of Eloops and of Microsoft in this browser. You can close this window.",
    },
    no_sign_out: Notice {
        heading: "Microsoft's sign-out cannot be reached",
        text: "You are signed out of Eloops. To sign out of Microsoft as well, close every window of this browser, or \
               try again in a minute.",
    },
    consented: Notice {
        heading: "Thank you, that is done",
        text: "Eloops may now read Talent for your people, each with their own rights. It can take a minute to work \
               everywhere. You can close this window.",
    },
    not_consented: Notice {
        heading: "Consent was not given",
        text: "Nothing has changed. Eloops needs the consent of an administrator of your organization to read Talent \
               for the people who use it. You can close this window and try again at any time.",
    },
};
