macro_rules! texts {
    ($($(#[$doc:meta])* $text:ident = $name:literal,)*) => {
        /// Every text of the card; `www/locales/<tag>.json` has each by its name, and the build lists them in
        /// this order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English text says what each is")]
        pub enum Text { $($text,)* }

        impl Text {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$text,)*];

            /// Its name in the language files, for tests: the module knows texts by their place.
            pub fn name(self) -> &'static str {
                const NAMES: &[&str] = &[$($name,)*];
                NAMES[self as usize]
            }
        }
    };
}

texts! {
    Direction = "direction",
    CardLabel = "card_label",
    Loading = "loading",
    // -- counted: `<name>.<category>`
    CountCoins = "count_coins",
    CountUploads = "count_uploads",
    Earned = "earned",
    Posted = "posted",
    // -- the person
    Number = "number",
    StatusActive = "status_active",
    StatusPending = "status_pending",
    StatusLeft = "status_left",
    Synced = "synced",
    TalentMissing = "talent_missing",
    TalentRefused = "talent_refused",
    Challenge = "challenge",
    Continue = "continue",
    NoConsent = "no_consent",
    Consent = "consent",
    // -- the figures
    Coins = "coins",
    NotShared = "not_shared",
    NotSharedWhy = "not_shared_why",
    KeepsPrivate = "keeps_private",
    Uploads = "uploads",
    LastActivity = "last_activity",
    ActivityMissing = "activity_missing",
    ActivityRefused = "activity_refused",
    // -- the gallery
    Recent = "recent",
    NothingYet = "nothing_yet",
    NothingYetOwn = "nothing_yet_own",
    Photo = "photo",
    Video = "video",
    Plus = "plus",
    // -- posting
    Add = "add",
    Caption = "caption",
    CaptionHint = "caption_hint",
    Post = "post",
    Cancel = "cancel",
    Posting = "posting",
    // -- Talent's fields
    TalentLine = "talent_line",
    InSync = "in_sync",
    Pending = "pending",
    Drift = "drift",
    Unmapped = "unmapped",
    PendingWhy = "pending_why",
    DriftWhy = "drift_why",
    UnmappedWhy = "unmapped_why",
    TalentShows = "talent_shows",
    TalentShowsOne = "talent_shows_one",
    Written = "written",
    // -- who may see the own card, and who did
    Privacy = "privacy",
    Share = "share",
    ShareWhy = "share_why",
    Shared = "shared",
    Unshared = "unshared",
    NotSaved = "not_saved",
    PrivacyMissing = "privacy_missing",
    Looked = "looked",
    LookedNobody = "looked_nobody",
    LookedKept = "looked_kept",
    LookedProfile = "looked_profile",
    LookedTeam = "looked_team",
    ViewerManager = "viewer_manager",
    ViewerAbove = "viewer_above",
    ViewerAdmin = "viewer_admin",
    ViewerApplication = "viewer_application",
    // -- below
    AsOf = "as_of",
    Refresh = "refresh",
    Refreshing = "refreshing",
    SignOut = "sign_out",
    Stale = "stale",
    Changed = "changed",
    Unchanged = "unchanged",
    // -- team
    MyCard = "my_card",
    MyTeam = "my_team",
    BackToTeam = "back_to_team",
    NoTeam = "no_team",
    More = "more",
    NoActivity = "no_activity",
    LineBroken = "line_broken",
    LineBrokenWhy = "line_broken_why",
    // -- signing in
    SignInTitle = "sign_in_title",
    SignInWhy = "sign_in_why",
    SignInEnded = "sign_in_ended",
    SignInLeft = "sign_in_left",
    SignInLate = "sign_in_late",
    SignIn = "sign_in",
    MicrosoftSignOut = "microsoft_sign_out",
    CodeLabel = "code_label",
    CodeWhy = "code_why",
    WaitingTitle = "waiting_title",
    WaitingWhy = "waiting_why",
    NoWindow = "no_window",
    OpenWindow = "open_window",
    // -- failures
    Retry = "retry",
    Reference = "reference",
    NotAllowedTitle = "not_allowed_title",
    NotAllowed = "not_allowed",
    InactiveTitle = "inactive_title",
    Inactive = "inactive",
    NotBegunTitle = "not_begun_title",
    NotBegun = "not_begun",
    NotLinkedTitle = "not_linked_title",
    NotLinked = "not_linked",
    RefusedTitle = "refused_title",
    Refused = "refused",
    OfflineTitle = "offline_title",
    Offline = "offline",
    Unreachable = "unreachable",
    ErrorTitle = "error_title",
    TooMany = "too_many",
    ServerFault = "server_fault",
    Unreadable = "unreadable",
    NoSignIn = "no_sign_in",
    // -- failures of posting
    TooLarge = "too_large",
    WrongType = "wrong_type",
    PostRefused = "post_refused",
    PostNotAllowed = "post_not_allowed",
    SignInFirst = "sign_in_first",
}
