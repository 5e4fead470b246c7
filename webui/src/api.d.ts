// Made from openapi.json by `npm run api`; not to be edited.

export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts that calls are charged to */
        get: operations["get_accounts"];
        put?: never;
        /** Adds an account */
        post: operations["post_accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes an account; calls that were charged to it keep its number and name as of then */
        put: operations["put_accounts_number"];
        post?: never;
        /** Removes an account; calls that were charged to it stay so */
        delete: operations["delete_accounts_number"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person does with calls, and what follows now */
        get: operations["get_answering_who"];
        /** Replaces all of it */
        put: operations["put_answering_who"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/bosses/{boss}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says whether somebody answers for a boss */
        put: operations["put_answering_who_bosses_boss"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/bosses/{boss}/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a caller come to a boss past the secretaries, in the name of one of them */
        post: operations["post_answering_who_bosses_boss_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts the rules into another order */
        put: operations["put_answering_who_order"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a rule, before all whose time groups are wider */
        post: operations["post_answering_who_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/rules/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a rule; the default one stays */
        delete: operations["delete_answering_who_rules_place"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/answering/{who}/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a sentence says of somebody's calls or times; nothing is changed */
        post: operations["post_answering_who_words"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who tried wrong passwords of phones, the newest first */
        get: operations["get_attempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attempts/{source}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets an address try passwords of phones again at once */
        post: operations["post_attempts_source_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to trust, for whoever has not signed in; also without HTTPS */
        get: operations["get_authority"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authorization codes, without their digits */
        get: operations["get_authorizations"];
        put?: never;
        /** Adds an authorization code */
        post: operations["post_authorizations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorizations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes an authorization code; it keeps its digits unless others are sent */
        put: operations["put_authorizations_name"];
        post?: never;
        /** Removes an authorization code */
        delete: operations["delete_authorizations_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole office as a tar archive */
        get: operations["get_backup"];
        /** Takes a backup, says what is in it and what is wrong with it, and replaces nothing */
        put: operations["put_backup"];
        post?: never;
        /** Removes an upload that is not wanted */
        delete: operations["delete_backup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backup/before": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes the office before the last restore */
        delete: operations["delete_backup_before"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backup/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the checked upload in place of the office: calls end, the daemon starts anew, everybody signs in again */
        post: operations["post_backup_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backup/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be restored here, and what that would end */
        get: operations["get_backup_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backup/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the office before the last restore in place again */
        post: operations["post_backup_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/caller-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Under which number each extension calls */
        get: operations["get_caller_ids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/caller-ids/{extension}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Decides under which number an extension calls, and whether it hides it */
        put: operations["put_caller_ids_extension"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Callers from outside who are put through to nobody */
        get: operations["get_callers"];
        /** Replaces the list of callers who are put through to nobody */
        put: operations["put_callers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, newest first: all for administrators, else one's own */
        get: operations["get_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts that one may ask the list of calls for */
        get: operations["get_calls_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls that one may see as a table, newest first, at most 10 000 */
        get: operations["get_calls_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call's whole story */
        get: operations["get_calls_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/ladder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of a call, live or over, without their secrets; kept of the last calls until the daemon ends */
        get: operations["get_calls_id_ladder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The certificate that the box shows */
        get: operations["get_certificate"];
        /** Uses an uploaded certificate, for connections that begin from now on */
        put: operations["put_certificate"];
        post?: never;
        /** Goes back to the box's own certificate */
        delete: operations["delete_certificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificate/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the last change of the certificate back */
        post: operations["post_certificate_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own calls, and those that one can take */
        get: operations["get_console"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/console/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does something with a call of one's own */
        post: operations["post_console_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contact-files/{book}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A book of contacts as a file, which comes to the same when it is brought in */
        get: operations["get_contact_files_book"];
        /** Reads a file of contacts; nothing is changed */
        put: operations["put_contact_files_book"];
        /** Brings contacts in, all rows as one change, or says what is wrong with which; a trial changes nothing */
        post: operations["post_contact_files_book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{book}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces a whole book, as an import is taken back */
        put: operations["put_contacts_book"];
        /** Adds a contact */
        post: operations["post_contacts_book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{book}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a contact */
        put: operations["put_contacts_book_name"];
        post?: never;
        /** Removes a contact */
        delete: operations["delete_contacts_book_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The departments */
        get: operations["get_departments"];
        put?: never;
        /** Adds a department */
        post: operations["post_departments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Renames a department; its people go along */
        put: operations["put_departments_name"];
        post?: never;
        /** Removes a department; who is in it goes to another one, which has to be named */
        delete: operations["delete_departments_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody whom one may want to call: people of the office, its phonebook, and contacts of one's own */
        get: operations["get_directory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed, as it changes: each event names a part of the page to be read again */
        get: operations["get_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every extension: whether it can be reached, what it does, and what is switched on for it */
        get: operations["get_extensions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same extensions as a table, all that were asked for */
        get: operations["get_extensions_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switches every diversion of these extensions off, in one revision */
        post: operations["post_extensions_off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/extensions/{extension}/diversions/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Switches a diversion of somebody's on or off */
        put: operations["put_extensions_extension_diversions_kind"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feature-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be dialled besides numbers
         * @description All of it for who may change it; else what is on and does something at the reader's extension.
         */
        get: operations["get_feature_codes"];
        /** Replaces the table of codes */
        put: operations["put_feature_codes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What nobody can have wanted: forwards that go round, rules that never hold and the like */
        get: operations["get_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/greeting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What callers of one's own mailbox hear */
        get: operations["get_greeting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/greeting/spoken/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the box says to callers of one's own mailbox where there is no greeting of one's own, with the name as they hear it */
        get: operations["get_greeting_spoken_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/greeting/{which}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes a sound file for one's own greeting or name; callers hear it from the next call on */
        put: operations["put_greeting_which"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/greeting/{which}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sound of one's own greeting or name, whole or a part of it */
        get: operations["get_greeting_which_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/greeting/{which}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has callers hear a recording again that they heard till now, or the box */
        post: operations["post_greeting_which_use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The groups, with everybody who is in them */
        get: operations["get_groups"];
        put?: never;
        /** Adds a group */
        post: operations["post_groups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a group; groups that hold it go along with a new name */
        put: operations["put_groups_name"];
        post?: never;
        /** Removes a group that no other holds */
        delete: operations["delete_groups_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the page needs before anybody has signed in */
        get: operations["get_hello"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls that are up */
        get: operations["get_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live/{call}/hangup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a call */
        post: operations["post_live_call_hangup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in */
        post: operations["post_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs out */
        post: operations["post_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs out at every browser */
        post: operations["post_logout_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["get_me"];
        /** Changes what is one's own */
        put: operations["put_me"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes one's own password; every other login session of one's own ends */
        post: operations["post_me_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes one's own voicemail PIN */
        post: operations["post_me_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one may do, and by which preset or role */
        get: operations["get_me_rights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one has signed in last */
        get: operations["get_me_sign_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/night-modes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The night modes that somebody may switch, and for whoever may see the office's time groups all of them */
        get: operations["get_night_modes"];
        put?: never;
        /** Adds a night mode */
        post: operations["post_night_modes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/night-modes/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a night mode; where it is on, it goes on to hold what it forces as before */
        put: operations["put_night_modes_name"];
        post?: never;
        /** Removes a night mode; what it holds follows its times again */
        delete: operations["delete_night_modes_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/night-modes/{name}/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switches a night mode on or off */
        post: operations["post_night_modes_name_switch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces the table of the office's numbers */
        put: operations["put_numbers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The office at a glance */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everyone */
        get: operations["get_people"];
        put?: never;
        /** Adds someone, with the extension and a phone */
        post: operations["post_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everyone as a table, which comes to the same when it is brought in */
        get: operations["get_people_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Reads a table of people; nothing is changed */
        put: operations["put_people_table"];
        /** Brings people in, all rows as one change, or says what is wrong with which; a trial changes nothing */
        post: operations["post_people_table"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Someone */
        get: operations["get_people_id"];
        /** Changes someone: the row is as it is sent, phones, PIN and password stay. Who may not change people changes the name only */
        put: operations["put_people_id"];
        post?: never;
        /** Removes someone, with the extension and its phones; messages stay on the disk */
        delete: operations["delete_people_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives someone a new password; their login sessions end */
        post: operations["post_people_id_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a phone */
        post: operations["post_people_id_phones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/phones/{phone}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a phone */
        delete: operations["delete_people_id_phones_phone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/phones/{phone}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a phone a new password: the one before works no longer */
        post: operations["post_people_id_phones_phone_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives someone a new voicemail PIN */
        post: operations["post_people_id_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every phone: where it is registered, whether it is there, and who tried its password in vain */
        get: operations["get_phones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own phones, of which one may be chosen to ring */
        get: operations["get_place"];
        put?: never;
        /** Calls a number for whoever asks, whose phones ring first */
        post: operations["post_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/place/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a call of one's own fares that was placed so */
        get: operations["get_place_call"];
        put?: never;
        post?: never;
        /** Ends a call of one's own that was placed so */
        delete: operations["delete_place_call"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The profiles, with who has them */
        get: operations["get_profiles"];
        put?: never;
        /** Adds a profile */
        post: operations["post_profiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/profiles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a profile, and what whoever has it may do; people and groups go along with a new name */
        put: operations["put_profiles_name"];
        post?: never;
        /** Removes a profile that nobody has, and no group carries */
        delete: operations["delete_profiles_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an administrator a new password, by a token of `bellboxd reset-admin` */
        post: operations["post_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the office changed, newest first */
        get: operations["get_revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/revisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One revision, and what has changed since */
        get: operations["get_revisions_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/revisions/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the whole office back as it was, with all that was changed since */
        post: operations["post_revisions_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/revisions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one change back, and leaves what was changed elsewhere since */
        post: operations["post_revisions_id_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has which role, and who answers for it where nobody has */
        get: operations["get_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has which role as a table */
        get: operations["get_roles_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces the table of routes */
        put: operations["put_routes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claims a box that belongs to nobody, by the token of its console */
        post: operations["post_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The same for the holder of the setup's token, in a box that belongs to nobody yet */
        put: operations["put_setup_backup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup/backup/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same for the holder of the setup's token, in a box that belongs to nobody yet */
        post: operations["post_setup_backup_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sites */
        get: operations["get_sites"];
        put?: never;
        /** Adds a site */
        post: operations["post_sites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sites/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a site; its people go along with a new name */
        put: operations["put_sites_name"];
        post?: never;
        /** Removes a site at which nobody works, with its time groups */
        delete: operations["delete_sites_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the box does */
        get: operations["get_system"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/time-group-rows/{who}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What rows of times of another system mean; nothing is changed */
        post: operations["post_time_group_rows_who"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/time-groups/{who}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The time groups that somebody may use, and when they change next */
        get: operations["get_time_groups_who"];
        put?: never;
        /** Adds a time group */
        post: operations["post_time_groups_who"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/time-groups/{who}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a time group; rules by it go on with its new name */
        put: operations["put_time_groups_who_name"];
        post?: never;
        /** Removes a time group; rules, diversions and night modes by it go on by another one, which has to be named */
        delete: operations["delete_time_groups_who_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/time-groups/{who}/{name}/force": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens or closes a time group against its times, or lets it follow them again */
        post: operations["post_time_groups_who_name_force"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/time-of-day/{extension}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The time groups that the rules and diversions of an extension go by */
        get: operations["get_time_of_day_extension"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/toll-guard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits of calls to the outside, and whose calls were refused */
        get: operations["get_toll_guard"];
        /** Replaces the limits of calls to the outside */
        put: operations["put_toll_guard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways out, with their state */
        get: operations["get_trunks"];
        put?: never;
        /** Adds a trunk */
        post: operations["post_trunks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trunks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a trunk: the row is as it is sent, its secret stays unless another is sent */
        put: operations["put_trunks_id"];
        post?: never;
        /** Removes a trunk, with its secret */
        delete: operations["delete_trunks_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trunks/{id}/test-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a number by a trunk, in the administrator's name, and hangs up by itself: what comes of it is in the trunk's state */
        post: operations["post_trunks_id_test_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trunks/{id}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks a trunk now how it is, and registers with it: what comes back is in its state */
        post: operations["post_trunks_id_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voicemail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of one's own mailbox, newest first; none, and no mailbox, for whoever has no extension */
        get: operations["get_voicemail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voicemail/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of one's own mailbox as a table, newest first, in all folders */
        get: operations["get_voicemail_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voicemail/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A message's sound, whole or a part of it */
        get: operations["get_voicemail_id_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voicemail/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a message into a folder */
        post: operations["post_voicemail_id_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would become of a call; who may not see the call flow asks about calls to their own extension */
        post: operations["post_what_if"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wishes/{who}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a person waits for */
        get: operations["get_wishes_who"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wishes/{who}/{target}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Waits for somebody no more */
        delete: operations["delete_wishes_who_target"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Whom a call to the outside is charged to: a client, a project. */
        Account: {
            /** @description Whose it is; of a call, as it was then. */
            name: string;
            /** @description What is keyed, 1 to 8 digits. */
            number: string;
        };
        /**
         * @description Whether an account is keyed before a call to the outside. Of an extension's and a route's the stricter holds; calls for help never ask.
         * @enum {string}
         */
        AccountEntryName: "none" | "optional" | "required";
        /** @description An account as it is to be. */
        AccountWrite: {
            /** @description The name, at most 64 characters. */
            name: string;
            /** @description 1 to 8 digits that no other account has; 01 is another than 1. */
            number: string;
        };
        /** @description The accounts of the office. */
        Accounts: {
            /** @description In order of their digits. */
            accounts: components["schemas"]["Account"][];
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
        };
        /**
         * @description What can be done with a call of one's own.
         * @enum {string}
         */
        ActKind: "hold" | "ask" | "pass_on" | "confer" | "back" | "hang_up";
        /** @description What is wanted. */
        ActWrite: {
            /** @description What. */
            act: components["schemas"]["ActKind"];
            /** @description Whom, for `ask` and `pass_on`: a number or code, as one's own phone would dial it. */
            to?: string;
        };
        /** @description Something a human must know. */
        Alert: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description What happened and what to do. */
            text: string;
        };
        /** @description Somebody's phones, or a number, that ring too. */
        AlsoRow: {
            /**
             * Format: int32
             * @description How long after the own phones it begins, in seconds, at most 60 and less than these ring; absent: with them.
             */
            after_s?: number | null;
            /** @description A number outside has the call as soon as it answers, a mobile's mailbox too; absent: whoever answers there presses 1. */
            at_once?: boolean | null;
            /** @description The extension, or the number as it is dialled. */
            id: string;
            /** @description `phone` or `number`. */
            kind: string;
        };
        /** @description What a person does with calls, and what follows now. */
        Answering: components["schemas"]["AnsweringWrite"] & {
            /** @description The place of the rule that holds now; absent: the default one. */
            active?: number | null;
            /** @description Why. */
            because: string[];
            /** @description For whom the person answers as a secretary. */
            bosses: components["schemas"]["BossRow"][];
            /** @description What happens to a call now, in one sentence. */
            effective: string;
            /** @description What a change sends in If-Match. */
            etag: string;
            /** @description Their extension. */
            extension: string;
            /** @description Those that diversions follow, as they are now. */
            followed: components["schemas"]["FollowedGroup"][];
            /** @description The names of time groups that rules may have. */
            groups: string[];
            /** @description The person. */
            name: string;
            /** @description The same in plain words. */
            said: components["schemas"]["AnsweringSaid"];
            /** @description Rules that a wider one before them takes calls from, one sentence each. */
            warnings: components["schemas"]["RuleWarning"][];
        };
        /** @description What a person does with calls, in plain words: each sentence, sent to be read, makes what it is of. */
        AnsweringSaid: {
            /** @description One a diversion, in their order. */
            diversions: string[];
            /** @description The default rule. */
            otherwise: string;
            /** @description One a rule, in their order. */
            rules: string[];
        };
        /** @description All of it, as it is sent: each list replaces the one before. */
        AnsweringWrite: {
            /** @description The same for callers without a number; absent: they are put through. */
            anonymous_hear?: string | null;
            /** @description `disconnected`, `busy`, `refused`, `announcement`; absent: disconnected. */
            blocked_hear?: string | null;
            /** @description Callers. */
            callers: components["schemas"]["CallerRow"][];
            /** @description Whether whoever calls a colleague from it in vain is asked whether to be called back; absent: as it is. */
            completion_offers?: boolean | null;
            /** @description One of a kind. */
            diversions: components["schemas"]["DiversionRow"][];
            /** @description The default rule. */
            otherwise: components["schemas"]["RuleRow"];
            /** @description In their order, without the default one. */
            rules: components["schemas"]["RuleRow"][];
        };
        /**
         * @description A part of the office that one may see or change.
         * @enum {string}
         */
        AreaName: "roles" | "groups" | "history" | "overview" | "live" | "calls" | "people" | "basics" | "caller_id" | "numbers" | "call_flow" | "times" | "phonebook" | "codes" | "security" | "box";
        /** @description Who was tried from where. */
        Attempt: {
            /**
             * Format: date-time
             * @description Until when wrong passwords from there are not looked at; absent where they are.
             */
            blocked_until?: string | null;
            /**
             * Format: int64
             * @description How often.
             */
            count: number;
            /** @description The extension of its phone, where there is one. */
            extension?: string | null;
            /**
             * Format: date-time
             * @description The first time.
             */
            first_at: string;
            /** @description What to do about it. */
            fix: string;
            /** @description What was wrong the last time. */
            kind: components["schemas"]["AttemptKind"];
            /**
             * Format: date-time
             * @description The last time.
             */
            last_at: string;
            /** @description Whose extension that is. */
            person?: string | null;
            /** @description The address it came from. */
            source: string;
            /** @description The user name that was tried; absent for many more that no phone has. */
            user?: string | null;
            /** @description The same in words. */
            why: string;
        };
        /**
         * @description What was wrong.
         * @enum {string}
         */
        AttemptKind: "unknown_user" | "wrong_password" | "replayed" | "not_its_own";
        /** @description Who tried wrong passwords of phones. */
        Attempts: {
            /** @description The newest first; those that are older than four days are not in it. */
            attempts: components["schemas"]["Attempt"][];
            /** @description SIP messages that are of no use to anybody: unreadable ones, strays, those with wrong or no credentials. */
            flood: components["schemas"]["Flood"];
            /** @description Extensions whose calls to the outside were refused, the newest first: a stolen phone is known by that, too. */
            outside: components["schemas"]["TollRefusal"][];
        };
        /** @description The box's own authority, for whoever is to trust it. */
        Authority: {
            /** @description Where other devices of the network reach the page; absent where they do not. */
            address?: string | null;
            /** @description The SHA-256 of its certificate, as browsers and the box's console show it. */
            fingerprint: string;
            /**
             * Format: int32
             * @description The port of HTTPS.
             */
            https_port: number;
            /** @description Whether the certificate that the box shows now is of it; else an administrator uploaded one of another. */
            is_in_use: boolean;
        };
        /** @description A code that lets calls out; its digits are shown to nobody. */
        AuthorizationRow: {
            /** @description Whether it lets anything out. */
            enabled: boolean;
            /** @description The extensions that may use it; absent: all. */
            extensions?: string[] | null;
            /** @description What stories and records call it. */
            name: string;
            /** @description How far its calls go. */
            permission: components["schemas"]["PermissionName"];
        };
        /** @description A code as it is to be. */
        AuthorizationWrite: {
            /** @description Whether it lets anything out; absent: it does. */
            enabled?: boolean | null;
            /** @description The extensions that may use it; absent: all. */
            extensions?: string[] | null;
            /** @description The name, at most 40 characters. */
            name: string;
            /** @description How far its calls go. */
            permission: components["schemas"]["PermissionName"];
            /** @description 4 to 10 digits that nobody guesses; absent or empty: those that it has. */
            pin?: string | null;
        };
        /** @description The authorization codes of the office. */
        Authorizations: {
            /** @description In the order in which they were added. */
            authorizations: components["schemas"]["AuthorizationRow"][];
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
        };
        /** @description What can be restored here, and what that would end. */
        BackupState: {
            before?: components["schemas"]["CheckedBackup"] | null;
            /**
             * Format: int32
             * @description Calls that a restore would end.
             */
            calls_up: number;
            received?: components["schemas"]["CheckedBackup"] | null;
            /**
             * Format: int64
             * @description How large an upload may be, in bytes.
             */
            room_bytes: number;
        };
        /** @description Somebody for whom a person answers as a secretary. */
        BossRow: {
            /** @description The boss's extension. */
            extension: string;
            /** @description The boss's name. */
            name: string;
            /** @description Whether the person's phones ring for that boss, while the boss lets secretaries answer. */
            on: boolean;
        };
        /** @description Whether somebody answers for a boss. */
        BossWrite: {
            /** @description Whether they do. */
            on: boolean;
        };
        /** @description One call. */
        Call: {
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            /** @description The name of the authorization code that let it out; absent where none was needed. */
            authorized_by?: string | null;
            /** @description Why it ended, as one word; absent while it is up. */
            cause?: string | null;
            charged_to?: components["schemas"]["Account"] | null;
            /** @description The caller's extension. */
            from: string;
            from_known_by?: components["schemas"]["NameSource"] | null;
            /** @description The caller's name; empty where it is not known. */
            from_name: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Whether the box's clock was set then. */
            is_synced: boolean;
            /**
             * Format: int64
             * @description The revision of the office that decided it.
             */
            revision: number;
            /** @description Why it went as it did, in one sentence. */
            story: string;
            /**
             * Format: int64
             * @description How long it was talked, in seconds; absent where nobody answered.
             */
            talked_s?: number | null;
            /** @description What was dialled. */
            to: string;
            to_known_by?: components["schemas"]["NameSource"] | null;
            /** @description The name of who was dialled; empty where it is not known. */
            to_name: string;
            /** @description How it went. */
            went: components["schemas"]["Went"];
        };
        /** @description Somebody who can be taken. */
        CallToTake: {
            /** @description At whom it rings, or who parked it. */
            at: components["schemas"]["OtherParty"];
            /** @description What is dialled to have it. */
            dial: string;
            /** @description Who calls. */
            from: components["schemas"]["OtherParty"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
        };
        /** @description What whoever is called outside sees of an extension. */
        CallerIdRow: {
            /** @description The name that colleagues see; absent: the person's. */
            caller_name?: string | null;
            /** @description The number that is chosen for it, in full. */
            caller_number?: string | null;
            /** @description For `If-Match`. */
            etag: string;
            /** @description The extension. */
            extension: string;
            /** @description Whether that is hidden. */
            hides_number: boolean;
            /** @description What its phones are called. */
            label?: string | null;
            /** @description Whose it is. */
            person: string;
            /** @description The number under which it calls, chosen or not; absent: what the trunk says. */
            shown_as?: string | null;
        };
        /** @description Under which number an extension is to call. */
        CallerIdWrite: {
            /** @description One of the office's numbers; absent: the first that leads to the extension, else the site's, else what the trunk says. */
            caller_number?: string | null;
            /** @description Whether it is hidden from whoever is called; calls for help show it all the same. */
            hides_number: boolean;
        };
        /** @description What whoever is called outside sees of each extension. */
        CallerIds: {
            /** @description In order of the extensions. */
            extensions: components["schemas"]["CallerIdRow"][];
            /** @description The office's numbers, of which each may have one. */
            numbers: string[];
        };
        /** @description A caller whose calls are always or never taken. */
        CallerRow: {
            /** @description Whether their calls are always taken, else never. */
            allow: boolean;
            /** @description Why. */
            note?: string | null;
            /** @description A number, or several as in `+4930*`. */
            number: string;
            /**
             * Format: date-time
             * @description Until when; absent: for good.
             */
            until?: string | null;
        };
        /**
         * @description What callers hear first.
         * @enum {string}
         */
        CallersHear: "spoken" | "name" | "own";
        /** @description A page of calls, newest first. */
        Calls: {
            /** @description The calls; fewer than asked for does not mean that there are no more. */
            calls: components["schemas"]["Call"][];
            /**
             * Format: int64
             * @description What to ask for as `before` for older ones; absent at the end.
             */
            next?: number | null;
        };
        /** @description The certificate that the box shows. */
        Certificate: {
            /** @description The SHA-256 of the box's own authority. */
            authority: string;
            /** @description Whether there is a change that can be taken back. */
            can_undo: boolean;
            /**
             * Format: int64
             * @description Whole days until then; negative after.
             */
            days_left: number;
            /** @description The SHA-256 of it, as browsers show it. */
            fingerprint: string;
            /**
             * Format: date-time
             * @description From when it holds.
             */
            from: string;
            /** @description Whether the certificate of who issued it comes with it; some devices do not trust it without. */
            has_issuer: boolean;
            /** @description Whether it was uploaded; else it is the box's own. */
            is_uploaded: boolean;
            /** @description Who issued it. */
            issuer: string;
            /** @description The kind of its key and the size. */
            key: string;
            /** @description The names that people use for the box and that it is not for: they are warned there. */
            lacks: string[];
            /** @description The names and addresses that it is for; `*.` stands for one label. */
            names: string[];
            /** @description Whose it is, as RFC 4514 writes names. */
            subject: string;
            /**
             * Format: date-time
             * @description Until when it holds.
             */
            until: string;
            /** @description Why an uploaded certificate is not used, where it is not; absent else. */
            unused?: string | null;
        };
        /** @description A certificate to be used. */
        CertificateWrite: {
            /** @description PEM: the server's certificate, then those that issued it, at most 8. */
            chain: string;
            /** @description PEM: its private key, without a password. It never comes out again. */
            key: string;
        };
        /** @description One field that was changed. */
        Change: {
            /** @description What it is since. */
            after?: string | null;
            /** @description What it was; absent where there was nothing, empty where nobody may see it. */
            before?: string | null;
            /** @description The field, as the office file calls it; empty where the row as a whole came or went. */
            field: string;
            /** @description Whether nobody may see what it was and is. */
            is_secret: boolean;
            /** @description Whose row it is, for those that people have. */
            of?: string | null;
            /** @description The row's name; empty where there is only one, and for somebody's default rule. */
            row: string;
            /**
             * @description The table, as the office file calls one row of it: `office`, `person`, `phone`, `rule`, `diversion`, `caller`,
             *     `feature_code`, `trunk`, `number`, `route`, `time_group`; `routes` and `rules` where their order was changed.
             */
            table: string;
        };
        /** @description An office that can take this one's place. */
        CheckedBackup: {
            /**
             * Format: int64
             * @description How long those are together, in milliseconds.
             */
            audio_ms: number;
            /**
             * Format: int64
             * @description What its files take, in bytes; 0 where that was not counted.
             */
            bytes: number;
            /** @description Whether somebody can sign in as an administrator; else the box is to be set up by its console. */
            has_admin: boolean;
            /** @description Names it in a restore. */
            id: string;
            /**
             * Format: date-time
             * @description When the backup was made; of the office before, when it was replaced.
             */
            made: string;
            /**
             * Format: int32
             * @description How many messages, without those in the trash.
             */
            messages: number;
            /** @description What had to be mended in it, one sentence each. */
            notes: string[];
            /** @description The office's name. */
            office: string;
            /**
             * Format: int32
             * @description How many people it has.
             */
            people: number;
            /**
             * Format: int32
             * @description How many phones.
             */
            phones: number;
            /** @description The version of the software that made it. */
            program: string;
        };
        /** @description Somebody in the office. */
        Colleague: {
            /** @description The department. */
            department?: string | null;
            /** @description The extension. */
            extension: string;
            /** @description The name. */
            name: string;
            state?: components["schemas"]["ColleagueState"] | null;
        };
        /**
         * @description Whether somebody can be called now.
         * @enum {string}
         */
        ColleagueState: "free" | "busy" | "dnd" | "away";
        /** @description What somebody needs who puts calls through. */
        Console: {
            /** @description The calls of whoever asks. */
            calls: components["schemas"]["OwnCall"][];
            /** @description What parks a call that it is passed on to; absent where that is off. */
            park?: string | null;
            /** @description The calls that are parked. */
            parked: components["schemas"]["CallToTake"][];
            /** @description The calls that ring at colleagues whose calls may be picked up. */
            ringing: components["schemas"]["CallToTake"][];
        };
        /** @description Somebody outside. */
        Contact: {
            /** @description At most 64 characters. */
            company?: string | null;
            /** @description The number at home. */
            home?: string | null;
            /** @description The number of a mobile phone. */
            mobile?: string | null;
            /** @description 1 to 64 characters; no two of a book have the same. */
            name: string;
            /** @description Words by which contacts are found together: at most 5, each of 1 to 24 characters without commas. */
            tags?: string[];
            /** @description The number at work, in full or as it is dialled here; of the three one is needed. */
            work?: string | null;
        };
        /** @description One row: what is absent is not in the file and stays as it is, what is empty is taken away. */
        ContactRow: {
            /** @description The company. */
            company?: string | null;
            /** @description The number at home. */
            home?: string | null;
            /**
             * Format: int32
             * @description Its line in the file.
             */
            line: number;
            /** @description The number of a mobile phone. */
            mobile?: string | null;
            /** @description The name, by which somebody is known again. */
            name?: string | null;
            /** @description Tags, with commas between them. */
            tags?: string | null;
            /** @description The number at work. */
            work?: string | null;
        };
        /** @description What a file says, to be looked at and mended before anything is changed. */
        ContactTable: {
            /** @description Columns that mean nothing here, and numbers that have no place. */
            ignored: string[];
            /** @description Its rows. */
            rows: components["schemas"]["ContactRow"][];
        };
        /** @description All contacts of a book. */
        Contacts: {
            /** @description As they are to be. */
            contacts: components["schemas"]["Contact"][];
        };
        /** @description Rows that are to become contacts. */
        ContactsImport: {
            /** @description Whether nothing is to be changed, whatever the rows are. */
            is_trial: boolean;
            /** @description All rows, as they are to be. */
            rows: components["schemas"]["ContactRow"][];
        };
        /** @description What rows come to. Nothing was changed unless there is a revision. */
        ContactsImported: {
            /** @description What is wrong with the book as a whole. */
            problems: string[];
            /**
             * Format: int64
             * @description The revision that they are since; absent where nothing was saved.
             */
            revision?: number | null;
            /** @description Each row, in the order in which it was sent. */
            rows: components["schemas"]["RowVerdict"][];
        };
        /** @description What to enter in a phone. */
        Credentials: {
            /** @description The phone's name. */
            phone: string;
            /** @description The password. */
            secret: string;
            /** @description The user name. */
            user: string;
        };
        /** @description A department. */
        DepartmentRow: {
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description How many people are in it.
             */
            people: number;
        };
        /** @description A department as it is to be. */
        DepartmentWrite: {
            /** @description The name, at most 40 characters. */
            name: string;
        };
        /** @description The departments of the office. */
        Departments: {
            /** @description In order of their names. */
            departments: components["schemas"]["DepartmentRow"][];
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
        };
        /** @description Everybody whom somebody may want to call. */
        Directory: {
            /** @description Contacts of one's own, by name. */
            own: components["schemas"]["Contact"][];
            /** @description What a change of one's own contacts sends in If-Match. */
            own_etag: string;
            /**
             * Format: int32
             * @description How many one may have of one's own.
             */
            own_most: number;
            /** @description People with an extension, by name; those left out who are not listed. */
            people: components["schemas"]["Colleague"][];
            /** @description The office's phonebook, by name. */
            phonebook: components["schemas"]["Contact"][];
            /** @description What a change of the phonebook sends in If-Match. */
            phonebook_etag: string;
            /**
             * Format: int32
             * @description How many contacts the phonebook may have.
             */
            phonebook_most: number;
            /**
             * Format: int64
             * @description The revision of the office.
             */
            revision: number;
        };
        /** @description Space for the office's data. */
        Disk: {
            /**
             * Format: int64
             * @description Free for the daemon, in bytes.
             */
            free_bytes: number;
            /**
             * Format: int64
             * @description All of it, in bytes.
             */
            total_bytes: number;
        };
        /** @description What is switched on before all rules. */
        DiversionRow: {
            /** @description Of `secretary`: whose calls: `all`, `internal`, `external`; absent: `all`. */
            callers?: string | null;
            /** @description Absent: true. */
            enabled?: boolean | null;
            /** @description What was said against that: `open` (on) or `closed` (off), and `until` a moment. */
            forced?: string | null;
            /** @description Of `follow_me`: one of the list rings after the other; absent: all together. */
            in_turn?: boolean | null;
            /**
             * Format: int32
             * @description Of `follow_me` and `secretary`: how long the own phones ring first, in seconds, 0 to 60, or 5 to 60; absent: 10.
             */
            initial_s?: number | null;
            /** @description Of `assistant`: where keys lead, each of them once; on only with a message, which is `/api/greeting/assistant`. */
            keys?: components["schemas"]["KeyRow"][] | null;
            /** @description `secretary`, `dnd`, `always`, `busy`, `unanswered`, `offline`, `follow_me`, `assistant`. */
            kind: string;
            /** @description Of `follow_me`: what rings after the own phones, each a `phone` or a `number`, at most ten; while it is on at least one. */
            list?: components["schemas"]["TargetRow"][] | null;
            /**
             * @description Of `secretary`: whose calls come to the owner all the same: numbers, patterns such as `+4930*`, and
             *     contacts of the phonebook by their tag, `tag Customer`; at most 200.
             */
            pass?: string[] | null;
            /**
             * Format: int32
             * @description Of `follow_me` and `secretary`: how long the list rings, in seconds, 5 to 60: each in its turn, or all together; absent: 20.
             */
            ring_s?: number | null;
            /** @description Of `secretary`: who answers in the owner's place, in their order, at most ten; while it is on at least one. */
            secretaries?: components["schemas"]["SecretaryRow"][] | null;
            /** @description Of `secretary`: who rings when: `in_turn`, `boss_then_in_turn`, `boss_then_all`, `all`, `everyone`; absent: `in_turn`. */
            strategy?: string | null;
            to?: components["schemas"]["TargetRow"] | null;
            /** @description The name of a time group that it follows. */
            when?: string | null;
        };
        /** @description How a diversion stands. */
        DiversionState: {
            /** @description `secretary`, `dnd`, `always`, `busy`, `unanswered`, `offline`, `follow_me`, `assistant`. */
            kind: string;
            /** @description Of `follow_me` and `secretary`: the numbers of who rings; without any it cannot be switched on. */
            list: string[];
            /** @description Whether it holds now. */
            on: boolean;
            to?: components["schemas"]["TargetRow"] | null;
            /**
             * Format: date-time
             * @description When it changes by itself next.
             */
            until?: string | null;
            /** @description The time group that it follows. */
            when?: string | null;
        };
        /** @description How a diversion is to be. */
        DiversionWish: {
            /** @description Whether it is to hold: one that follows a time group does so again from the group's next change on. */
            on: boolean;
            to?: components["schemas"]["TargetRow"] | null;
        };
        /** @description An answer that says only that it is done. */
        Done: {
            /** @description Always true: what was not done is answered by a problem. */
            is_done: boolean;
        };
        /** @description A line of the event stream: which part of the page is to be read again. */
        Event: {
            /** @description What changed; also the name of the event. */
            kind: components["schemas"]["EventKind"];
            /** @description Whom the stream is for. */
            scope: components["schemas"]["Scope"];
        };
        /**
         * @description What changed. `resync`: more than can be said, read everything again.
         * @enum {string}
         */
        EventKind: "status" | "trunks" | "attempts" | "calls" | "sound" | "voicemail" | "config" | "resync";
        /** @description An extension: who can be reached at it, and what becomes of calls. */
        ExtensionRow: {
            /** @description For whom it answers as a secretary. */
            bosses: components["schemas"]["BossRow"][];
            /** @description The person's department. */
            department?: string | null;
            /** @description Its diversions, on or off, one of a kind at most: what is not here is off, and may be switched on unless it needs a list. */
            diversions: components["schemas"]["DiversionState"][];
            /** @description The extension. */
            extension: string;
            /** @description Whether any diversion is on, but for the assistant. */
            is_diverted: boolean;
            /** @description What its phones are called. */
            label?: string | null;
            /** @description Whether the rights of whoever asks reach to change it. */
            may_change: boolean;
            /** @description Whose it is. */
            name: string;
            /**
             * Format: int32
             * @description The number of that person.
             */
            person_id: number;
            /**
             * Format: int32
             * @description How many phones it has.
             */
            phones: number;
            /**
             * Format: int32
             * @description How many of them are registered.
             */
            phones_registered: number;
            /** @description The name of the answering rule that holds now; absent: the default one. */
            rule?: string | null;
            /** @description The site where they work. */
            site?: string | null;
            /** @description What it is doing: offline where none of its phones is registered. */
            state: components["schemas"]["PhoneState"];
        };
        /** @description Extensions at a glance. */
        Extensions: {
            /**
             * Format: int32
             * @description How many the office has.
             */
            all: number;
            /** @description In order of their numbers. */
            extensions: components["schemas"]["ExtensionRow"][];
            /**
             * Format: int32
             * @description How many there are that were asked for.
             */
            found: number;
            /**
             * Format: int64
             * @description The revision of the office in force.
             */
            revision: number;
        };
        /** @description Extensions whose diversions are switched off. */
        ExtensionsOff: {
            /** @description Their numbers, 1 to 500. */
            extensions: string[];
        };
        /** @description One code. */
        FeatureCodeRow: {
            /** @description What may be dialled after it: `none`, `extension`, `number`, `id` of a time group, `optional_extension`, `optional_number`. */
            argument: string;
            /** @description What is dialled. */
            code: string;
            /** @description The profile's code. */
            delivered_code: string;
            /** @description Whether the profile has it on. */
            delivered_enabled: boolean;
            /** @description The same in words, as a noun. */
            does: string;
            /** @description A code that is off is dialled as if it did not exist. */
            enabled: boolean;
            /** @description What it does, as the office file calls it. */
            feature: string;
        };
        /** @description One code as it is to be. */
        FeatureCodeWrite: {
            /** @description 2 to 6 of `0`-`9`, `*`, `#`; absent: the profile's. */
            code?: string | null;
            /** @description Absent: on where a code is given, else as the profile has it. */
            enabled?: boolean | null;
            /** @description What it does, as the office file calls it. */
            feature: string;
        };
        /** @description What can be dialled besides numbers. */
        FeatureCodes: {
            /** @description Every feature, in the order of the table; those whose code is off only for administrators. */
            codes: components["schemas"]["FeatureCodeRow"][];
            /** @description What a change sends in If-Match. */
            etag: string;
            /** @description The codes that an office has which changes none: `office`, `freepbx` or `nanpa`. */
            profile: string;
            /**
             * Format: int64
             * @description The revision of the office.
             */
            revision: number;
        };
        /** @description The table as it is to be. */
        FeatureCodesWrite: {
            /** @description Codes that are to differ from the profile's; all others are as it has them. */
            codes: components["schemas"]["FeatureCodeWrite"][];
            /** @description `office`, `freepbx` or `nanpa`. */
            profile: string;
        };
        /** @description A flaw. */
        FindingRow: {
            /**
             * Format: date-time
             * @description The first moment at which a call meets it.
             */
            at: string;
            /** @description Whether it shows only while everybody is in a call. */
            needs_busy: boolean;
            /** @description What is wrong, and what to do. */
            text: string;
        };
        /** @description What nobody can have wanted of the office in force. */
        Findings: {
            /**
             * Format: int32
             * @description How many days ahead were looked at.
             */
            days: number;
            /** @description One a flaw. */
            findings: components["schemas"]["FindingRow"][];
            /** @description Whether there was more than is told. */
            is_cut: boolean;
        };
        /** @description How many messages of no use come within a minute: the last whole one, or this one where it has more already. */
        Flood: {
            /**
             * Format: int64
             * @description Those that were dropped unread besides, because too many waited.
             */
            dropped: number;
            /**
             * Format: int64
             * @description Those that were looked at, in all.
             */
            per_minute: number;
            /** @description Where 60 or more come from, the greatest first, at most 128. */
            sources: components["schemas"]["FloodSource"][];
        };
        /** @description One source of them. */
        FloodSource: {
            /**
             * Format: int64
             * @description Those that were dropped unread.
             */
            dropped: number;
            /**
             * Format: int64
             * @description Those that were looked at.
             */
            per_minute: number;
            /** @description Its address; of IPv6 the network of 64 bits. */
            source: string;
        };
        /**
         * @description Where a message lies.
         * @enum {string}
         */
        FolderName: "new" | "saved" | "trash";
        /** @description A time group that a diversion follows. */
        FollowedGroup: {
            /**
             * Format: date-time
             * @description When that changes next, which is as long as a diversion is forced by a code too; absent: it does not.
             */
            changes_at?: string | null;
            /** @description Whether it is open now: the diversion is on then, unless it is forced. */
            is_open: boolean;
            /** @description Its name. */
            name: string;
        };
        /** @description How a time group is to be forced. */
        ForceWrite: {
            /** @description Until somebody changes it. */
            for_good?: boolean;
            /** @description `auto`, `open`, `closed`. */
            state: string;
            /**
             * Format: date-time
             * @description Until when; absent: until its times change next.
             */
            until?: string | null;
        };
        /** @description What callers of a mailbox hear of its owner. */
        Greeting: {
            assistant?: components["schemas"]["OwnRecording"] | null;
            /** @description What they hear first. */
            callers_hear: components["schemas"]["CallersHear"];
            greeting?: components["schemas"]["OwnRecording"] | null;
            /**
             * Format: int64
             * @description How long a greeting may be, in seconds.
             */
            greeting_most_s: number;
            name?: components["schemas"]["OwnRecording"] | null;
            /**
             * Format: int64
             * @description How long a name may be, in seconds.
             */
            name_most_s: number;
        };
        /** @description A group. */
        GroupRow: {
            /** @description Everybody who is in it, each once. */
            everybody: components["schemas"]["InGroup"][];
            /** @description Who looks after it. */
            managers: components["schemas"]["Named"][];
            /** @description Who is listed in it. */
            members: components["schemas"]["MemberRow"][];
            /** @description Its name. */
            name: string;
            /** @description The profile whose rights everybody in it has. */
            profile?: string | null;
        };
        /** @description A group as it is to be. */
        GroupWrite: {
            /** @description At most 10 people by their numbers. */
            managers: number[];
            /** @description At most 500, each once. */
            members: components["schemas"]["MemberWrite"][];
            /** @description The name, at most 40 characters. */
            name: string;
            /** @description The name of a profile; none unless given. */
            profile?: string | null;
        };
        /** @description The groups of the office. */
        Groups: {
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
            /** @description In the order in which they were added. */
            groups: components["schemas"]["GroupRow"][];
            /** @description Who may be in one. */
            people: components["schemas"]["Reachable"][];
            /** @description The names of the profiles that one may carry. */
            profiles: string[];
        };
        /** @description What the page needs before anybody has signed in. */
        Hello: {
            /**
             * Format: int32
             * @description The port of HTTPS, where it is served.
             */
            https_port?: number | null;
            /** @description The office's language. */
            language: string;
            /** @description The languages that the box speaks. */
            languages: string[];
            /**
             * Format: int32
             * @description The shortest password, in characters.
             */
            min_password: number;
            /** @description Whether the box belongs to nobody yet: the page shows the setup, which asks for the token of the console. */
            needs_setup: boolean;
            /** @description The office's name. */
            office: string;
            /** @description The version of the software. */
            version: string;
        };
        /** @description Somebody in a group. */
        InGroup: {
            /**
             * Format: int32
             * @description The person's number.
             */
            id: number;
            /** @description The name. */
            name: string;
            /** @description The member group by which they are in it; absent: by themselves, or by their extension. */
            through?: string | null;
        };
        /** @description Where a key leads. */
        KeyRow: {
            /**
             * Format: int32
             * @description 0 to 9.
             */
            key: number;
            /** @description Where. */
            to: components["schemas"]["TargetRow"];
        };
        /** @description The SIP messages of a call, between the box and each party. */
        Ladder: {
            /**
             * Format: int32
             * @description How many are not kept any more, after the first twenty.
             */
            left_out: number;
            /** @description Oldest first. */
            messages: components["schemas"]["LadderMessage"][];
        };
        /** @description One SIP message. */
        LadderMessage: {
            /**
             * Format: int64
             * @description Milliseconds since the call's first.
             */
            after_ms: number;
            /**
             * Format: date-time
             * @description When the box got or sent it.
             */
            at: string;
            /**
             * Format: int32
             * @description How long it was on the wire.
             */
            bytes: number;
            /** @description Whether the same was said before: that, or its answer, was lost. */
            is_again: boolean;
            /** @description Whether its end is not kept. */
            is_cut: boolean;
            /** @description Whether it came to the box; else the box sent it. */
            is_incoming: boolean;
            /** @description The box's address. */
            local: string;
            /** @description The other end's address. */
            peer: string;
            /** @description The phone that it is exchanged with, where it is one. */
            phone?: string | null;
            /** @description All of it, its secrets as `***`. */
            text: string;
            /** @description The first line: what is asked, or answered. */
            title: string;
            /** @description `UDP`, `TCP` or `TLS`. */
            transport: string;
            /** @description The trunk that it is exchanged with, where it is one. */
            trunk?: string | null;
        };
        /**
         * @description How bad it is.
         * @enum {string}
         */
        Level: "ok" | "warn" | "bad";
        /**
         * @description How far a right goes: who may change may see.
         * @enum {string}
         */
        LevelName: "see" | "change";
        /** @description A call that is up. */
        LiveCall: {
            /** @description The caller's extension. */
            from: string;
            /** @description The caller's name; empty where it is not known. */
            from_name: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Those who have been answered, the caller first. */
            parties: components["schemas"]["LiveParty"][];
            /**
             * Format: date-time
             * @description When it began.
             */
            since: string;
            /**
             * Format: int32
             * @description The slot that it is parked on; absent while it is not.
             */
            slot?: number | null;
            sound?: components["schemas"]["SoundGrade"] | null;
            /** @description `placing`, `ringing`, `talking`, `held`, `parked`, `assistant`, `mailbox`, `listening` or `ending`. */
            state: string;
            /** @description What was dialled. */
            to: string;
            /** @description The name of who was dialled; empty where it is not known. */
            to_name: string;
        };
        /** @description The calls that are up. */
        LiveCalls: {
            /** @description Oldest first. */
            calls: components["schemas"]["LiveCall"][];
        };
        /** @description A party of a call that is up, with its sound of the last seconds. */
        LiveParty: {
            /** @description The codec between phone and box, such as `PCMA`. */
            codec?: string | null;
            /**
             * Format: int32
             * @description The jitter of what the box got, in milliseconds.
             */
            jitter_ms: number;
            /**
             * Format: float
             * @description What the phone sent and the box did not get, in percent.
             */
            lost_percent: number;
            /** @description The name; empty where it is not known. */
            name: string;
            /** @description The extension, or the number outside. */
            number: string;
            /**
             * Format: int32
             * @description The jitter of what the phone got, in milliseconds, where it reports.
             */
            remote_jitter_ms?: number | null;
            /**
             * Format: float
             * @description What the box sent and the phone did not get, in percent, where it reports.
             */
            remote_lost_percent?: number | null;
            /**
             * Format: int32
             * @description There and back, in milliseconds, where the phone reports.
             */
            round_trip_ms?: number | null;
            /**
             * Format: date-time
             * @description Since when nothing has come from the phone.
             */
            silent_since?: string | null;
            /** @description How good it is. */
            sound: components["schemas"]["SoundGrade"];
        };
        /** @description The machine that the daemon runs on. */
        Machine: {
            /**
             * Format: int32
             * @description Cores.
             */
            cores: number;
            /**
             * Format: float
             * @description How busy all cores together are, in percent.
             */
            cpu_percent: number;
            /**
             * Format: int64
             * @description All of the memory, in bytes.
             */
            memory_total_bytes: number;
            /**
             * Format: int64
             * @description Memory that is in use and cannot be given away, in bytes.
             */
            memory_used_bytes: number;
            /**
             * Format: float
             * @description The warmest of its sensors, in degrees Celsius; absent where it has none.
             */
            temperature_c?: number | null;
            /**
             * Format: int64
             * @description For how long it runs, in seconds; absent where the system does not say.
             */
            up_s?: number | null;
        };
        /** @description Who is signed in. */
        Me: {
            /** @description The name that colleagues see when one calls; absent: one's own. */
            caller_name?: string | null;
            /** @description The address; not told to who signed in by PIN. */
            email?: string | null;
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
            /** @description The extension. */
            extension?: string | null;
            /** @description Whether there is a password. */
            has_password: boolean;
            /** @description Whether there is a PIN. */
            has_pin: boolean;
            /** @description Whether callers may leave messages. */
            has_voicemail: boolean;
            /** @description Whether that is hidden from whoever is called. */
            hides_number: boolean;
            /**
             * Format: int32
             * @description The person's number.
             */
            id: number;
            /** @description What the phones are called. */
            label?: string | null;
            /** @description The language of the page and of what the box says: one's own, else the office's. */
            language: string;
            /** @description The name. */
            name: string;
            /** @description Whether the newest message comes first by phone. */
            newest_first: boolean;
            /** @description The office's name. */
            office: string;
            /** @description The office's time zone. */
            office_time_zone: string;
            /** @description Whether the mailbox asks for the PIN also on one's own phones. */
            pin_on_own_phone: boolean;
            /** @description What of the office is open to it, and how far. */
            rights: components["schemas"]["Right"][];
            /**
             * Format: int32
             * @description How long the phones ring, in seconds.
             */
            ring_s?: number | null;
            /** @description Whether the caller is said before each message. */
            say_caller: boolean;
            /** @description Whether the time is said before each message. */
            say_time: boolean;
            /** @description What this login session may do. */
            scope: components["schemas"]["Scope"];
            /** @description The number under which one calls outside, in full; absent: what the trunk says. */
            shown_as?: string | null;
            /** @description The time zone that times are shown and said in: one's own, else the office's. */
            time_zone: string;
        };
        /**
         * @description What is listed in a group.
         * @enum {string}
         */
        MemberKind: "person" | "extension" | "group";
        /** @description Who is listed in a group. */
        MemberRow: {
            /** @description A person's number, an extension, or a group's name. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["MemberKind"];
            /** @description Who that is. */
            name: string;
        };
        /** @description The same, to be listed. */
        MemberWrite: {
            /** @description A person's number, an extension, or a group's name. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["MemberKind"];
        };
        /** @description One message. */
        Message: {
            /**
             * Format: date-time
             * @description When it came.
             */
            at: string;
            /**
             * Format: int64
             * @description The call that it was left in.
             */
            call: number;
            /** @description Where it lies. */
            folder: components["schemas"]["FolderName"];
            /** @description The caller's number; empty where it is not known. */
            from: string;
            /** @description The caller's name; empty where it is not known. */
            from_name: string;
            /**
             * Format: int64
             * @description Its number; its sound is `/api/voicemail/{id}/audio`.
             */
            id: number;
            /** @description Whether its end is missing, because the box stopped while it was recorded. */
            is_cut_off: boolean;
            /** @description Whether the box's clock was set then. */
            is_synced: boolean;
            /**
             * Format: int32
             * @description How long it is, in milliseconds.
             */
            length_ms: number;
        };
        /** @description A page of messages, newest first. */
        Messages: {
            /** @description The extension whose mailbox it is; absent for whoever has none. */
            mailbox?: string | null;
            /** @description The messages. */
            messages: components["schemas"]["Message"][];
            /**
             * Format: int32
             * @description Messages not heard yet, at most 500 counted.
             */
            new: number;
            /**
             * Format: int64
             * @description What to ask for as `before` for older ones; absent at the end.
             */
            next?: number | null;
            /**
             * Format: int32
             * @description Messages heard and kept, at most 500 counted.
             */
            saved: number;
            /**
             * Format: int32
             * @description Messages in the trash, at most 500 counted.
             */
            trash: number;
        };
        /** @description Where a message is to lie. */
        MoveTo: {
            /** @description The folder. */
            folder: components["schemas"]["FolderName"];
        };
        /** @description What one may change about oneself. What is left out stays. */
        MyChanges: {
            /** @description The name that colleagues see when one calls; empty: one's own. */
            caller_name?: string | null;
            /** @description One of the box's languages; empty: the office's. */
            language?: string | null;
            /** @description Whether the newest message comes first by phone. */
            newest_first?: boolean | null;
            /** @description Whether the mailbox asks for the PIN also on one's own phones. */
            pin_on_own_phone?: boolean | null;
            /**
             * Format: int32
             * @description 5 to 120 seconds; 0: until the caller gives up.
             */
            ring_s?: number | null;
            /** @description Whether the caller is said before each message. */
            say_caller?: boolean | null;
            /** @description Whether the time is said before each message. */
            say_time?: boolean | null;
            /** @description A time zone by its IANA name; empty: the office's. */
            time_zone?: string | null;
            /** @description Whether callers may leave messages. */
            voicemail?: boolean | null;
        };
        /** @description A new password of one's own. */
        MyPassword: {
            /** @description The one before. */
            current: string;
            /** @description The new one. */
            new: string;
        };
        /** @description A new voicemail PIN of one's own. */
        MyPin: {
            /** @description The password or the PIN before, so that an unlocked screen is not enough. */
            current: string;
            /** @description The new one, 4 to 10 digits. */
            new: string;
        };
        /** @description How far one may go in an area, and why. */
        MyRight: {
            /** @description Which. */
            area: components["schemas"]["AreaName"];
            /** @description The groups that the right comes from. */
            groups: string[];
            may?: components["schemas"]["LevelName"] | null;
            preset?: components["schemas"]["PresetName"] | null;
            /** @description The profile, where the right comes from it. */
            profile?: string | null;
            /** @description The roles that the right comes from. */
            roles: components["schemas"]["RoleName"][];
        };
        /** @description What one may do in the office. */
        MyRights: {
            /** @description The groups that one is in. */
            groups: string[];
            /** @description The groups that one looks after. */
            manages: string[];
            /** @description The rights that one begins with. */
            preset: components["schemas"]["PresetName"];
            /** @description The profile that one has besides. */
            profile?: string | null;
            /** @description Every area. */
            rights: components["schemas"]["MyRight"][];
            /** @description One's roles. */
            roles: components["schemas"]["RoleName"][];
        };
        /**
         * @description Where a name was found.
         * @enum {string}
         */
        NameSource: "employee" | "personal" | "phonebook" | "carrier";
        /** @description Somebody by name. */
        Named: {
            /**
             * Format: int32
             * @description The number.
             */
            id: number;
            /** @description The name. */
            name: string;
        };
        /** @description A time group, and what it is forced to. */
        NightGroupRow: {
            /** @description Its name. */
            group: string;
            /** @description Open or closed. */
            is_open: boolean;
        };
        /** @description A time group that is held. */
        NightHoldRow: {
            /** @description Its name. */
            group: string;
            /** @description Open or closed. */
            is_open: boolean;
            /**
             * Format: date-time
             * @description Until when; absent: until the night mode is switched off.
             */
            until?: string | null;
        };
        /** @description Time groups that are forced together. */
        NightMode: components["schemas"]["NightModeWrite"] & {
            /** @description Who switched it on; absent where it is off, or nobody knows. */
            by?: string | null;
            /** @description What it holds now. Another night mode that was switched on later goes before it. */
            holds: components["schemas"]["NightHoldRow"][];
            /** @description Whether it holds a time group now. */
            is_on: boolean;
            /**
             * Format: date-time
             * @description Since when it is on.
             */
            since?: string | null;
        };
        /** @description A night mode as it is to be. It is part of [`NightMode`] too, so it says nothing of further fields. */
        NightModeWrite: {
            /** @description The extensions that may switch it, besides those of whoever may change the office's time groups. */
            extensions?: string[];
            /** @description The office's time groups that it forces, at least one. */
            groups: components["schemas"]["NightGroupRow"][];
            /** @description Its name, at most 40 characters. */
            name: string;
            /**
             * Format: int32
             * @description Its short number from 1 to 999, which the code that switches it is dialled with; absent: none.
             */
            number?: number | null;
        };
        /** @description The night modes that somebody may see. */
        NightModes: {
            /** @description For `If-Match`; also in the header `ETag`. It says nothing of which are on. */
            etag: string;
            /** @description In the order in which they were added. */
            modes: components["schemas"]["NightMode"][];
        };
        /** @description Whether a night mode is to be on. */
        NightSwitch: {
            /** @description Until somebody switches it off. */
            for_good?: boolean;
            /** @description Whether it is. */
            on: boolean;
            /**
             * Format: date-time
             * @description Until when; absent: each time group until its own times change next.
             */
            until?: string | null;
        };
        /** @description One of the office's numbers. */
        NumberRow: {
            /** @description In full, or as it is dialled in the office's country. */
            number: string;
            /** @description The extension or feature code that it leads to. */
            to: string;
        };
        /** @description All of the office's numbers. */
        NumbersWrite: {
            /** @description They take the place of those before. */
            numbers: components["schemas"]["NumberRow"][];
        };
        /** @description The same, as it is shown. */
        OfficeCallers: components["schemas"]["OfficeCallersWrite"] & {
            /** @description What a change sends in If-Match. */
            etag: string;
            /**
             * Format: int64
             * @description The revision that it is of.
             */
            revision: number;
        };
        /** @description Callers from outside who are put through to nobody, unless somebody's own list allows them. */
        OfficeCallersWrite: {
            /** @description The same for callers without a number; absent: each extension decides. */
            anonymous_hear?: string | null;
            /** @description `disconnected`, `busy`, `refused`, `announcement`; absent: disconnected. */
            blocked_hear?: string | null;
            /** @description At most 200; one that is allowed is kept from a wider entry. */
            callers: components["schemas"]["CallerRow"][];
        };
        /** @description A time on a day, in minutes from midnight by the clock of the group. */
        OpenSpan: {
            /** @description The day, `2026-12-24`. */
            date: string;
            /**
             * Format: int32
             * @description The first minute.
             */
            from: number;
            /**
             * Format: int32
             * @description The minute after the last, at most 1440.
             */
            to: number;
        };
        /** @description In which order the rules are to be asked. */
        OrderWrite: {
            /** @description The places that the rules have now, each once. */
            order: number[];
        };
        /** @description Another party. */
        OtherParty: {
            /** @description The name; empty where none is known. */
            name: string;
            /** @description The extension, or the number outside. */
            number: string;
        };
        /** @description Everything about the outside, in one piece: the rows name each other. */
        Outside: {
            /** @description What a change sends in If-Match: the version of all rows. */
            etag: string;
            /** @description The numbers under which the office is called. */
            numbers: components["schemas"]["NumberRow"][];
            /**
             * Format: int64
             * @description The revision in force.
             */
            revision: number;
            /** @description The routes, in the order of their rows. */
            routes: components["schemas"]["RouteRow"][];
            /** @description The trunks, in the order of their rows. */
            trunks: components["schemas"]["Trunk"][];
        };
        /** @description The office at a glance. */
        Overview: {
            /** @description The newest alerts, newest first. */
            alerts: components["schemas"]["Alert"][];
            /**
             * Format: int64
             * @description Calls begun since the start.
             */
            calls: number;
            /**
             * Format: int64
             * @description Calls answered since the start.
             */
            calls_answered: number;
            /**
             * Format: int32
             * @description Calls that are up.
             */
            calls_up: number;
            disk?: components["schemas"]["Disk"] | null;
            /** @description What is wrong, worst first. */
            issues: components["schemas"]["Verdict"][];
            /**
             * Format: int32
             * @description In how many mailboxes they lie.
             */
            mailboxes_new: number;
            /**
             * Format: int32
             * @description Messages that nobody has heard yet, over all mailboxes.
             */
            messages_new: number;
            /** @description Every phone. */
            phones: components["schemas"]["PhoneLine"][];
            /**
             * Format: int32
             * @description How many phones are registered.
             */
            phones_registered: number;
            /**
             * Format: int64
             * @description Requests refused for wrong credentials since the start.
             */
            refused: number;
            /**
             * Format: int64
             * @description The revision in force.
             */
            revision: number;
            /** @description Whether all is well, in one sentence. */
            verdict: components["schemas"]["Verdict"];
            /** @description The version of the software. */
            version: string;
        };
        /** @description One's own call. */
        OwnCall: {
            /** @description What can be done with it. */
            acts: components["schemas"]["ActKind"][];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Who else is in it; of one that rings, who calls or is called. */
            others: components["schemas"]["OtherParty"][];
            /**
             * Format: date-time
             * @description Since when.
             */
            since: string;
            /** @description How it is: `ringing`, `talking`, `held`, `holding`, `consulting`, `conference`, and what else calls are. */
            state: string;
        };
        /** @description What holds for one extension instead. */
        OwnLimits: {
            /** @description Whether it may make costly calls at night, as far as its permission goes; absent: false. */
            at_night?: boolean | null;
            /**
             * Format: int32
             * @description 1 to 1000; absent: as the office.
             */
            at_once?: number | null;
            /** @description Which. */
            extension: string;
            /**
             * Format: int32
             * @description 1 to 1000; absent: as the office.
             */
            per_hour?: number | null;
        };
        /** @description A phone of one's own. */
        OwnPhone: {
            /** @description Whether it can be reached. */
            is_there: boolean;
            /** @description Its name. */
            name: string;
        };
        /** @description Whose phones ring. */
        OwnPhones: {
            /** @description The phones of whoever asks. */
            phones: components["schemas"]["OwnPhone"][];
        };
        /** @description A recording that callers hear. */
        OwnRecording: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int32
             * @description How long it is, in milliseconds.
             */
            length_ms: number;
        };
        /** @description A caller who comes to a boss past the secretaries. */
        PassWrite: {
            /** @description The number, as it is shown or in full. */
            number: string;
        };
        /** @description A password for somebody else. */
        PasswordWrite: {
            /** @description The password. */
            password: string;
        };
        /** @description A revision, beside the office in force. */
        PastRevision: components["schemas"]["Revision"] & {
            /** @description What differs between the office then and now, at most 50 fields. */
            since: components["schemas"]["Change"][];
        };
        /** @description Everyone. */
        People: {
            /** @description In order of their numbers. */
            people: components["schemas"]["Person"][];
            /**
             * Format: int64
             * @description The revision in force.
             */
            revision: number;
        };
        /** @description Rows that are to become people. */
        PeopleImport: {
            /** @description Whether nothing is to be changed, whatever the rows are. */
            is_trial: boolean;
            /** @description All rows, as they are to be. */
            rows: components["schemas"]["PeopleRow"][];
            /** @description Whether each new person with an extension gets a phone. */
            with_phones: boolean;
        };
        /** @description What rows come to. Nothing was changed unless there is a revision. */
        PeopleImported: {
            /** @description What to enter in new phones: shown this once. */
            credentials: components["schemas"]["Credentials"][];
            /** @description What is wrong with somebody who is in no row, because of them. */
            problems: string[];
            /**
             * Format: int64
             * @description The revision that they are since; absent where nothing was saved.
             */
            revision?: number | null;
            /** @description Each row, in the order in which it was sent. */
            rows: components["schemas"]["RowVerdict"][];
        };
        /** @description One row: what is absent has no column and stays as it is, what is empty is taken away. */
        PeopleRow: {
            /** @description The department. */
            department?: string | null;
            /** @description The address to sign in with. */
            email?: string | null;
            /** @description By it somebody is known again; where it is empty, by the name. */
            extension?: string | null;
            /**
             * Format: int32
             * @description Its line in the file.
             */
            line: number;
            /** @description The name. */
            name?: string | null;
            /** @description The pickup group. */
            pickup_group?: string | null;
            /** @description The site. */
            site?: string | null;
            /** @description Whether callers may leave messages: yes, no, or nothing for no. */
            voicemail?: string | null;
        };
        /** @description What a file says, to be looked at and mended before anything is changed. */
        PeopleTable: {
            /** @description Columns that mean nothing here. */
            ignored: string[];
            /** @description Its rows. */
            rows: components["schemas"]["PeopleRow"][];
        };
        /**
         * @description How far an extension may call. Each permits what those before it do; calls for help are always permitted.
         * @enum {string}
         */
        PermissionName: "internal" | "local" | "national" | "international" | "premium";
        /** @description Someone, with the extension and its phones. */
        Person: {
            /** @description Whether an account is keyed before its calls to the outside. */
            account: components["schemas"]["AccountEntryName"];
            /** @description Whether it rings while it is in a call. */
            call_waiting: boolean;
            /** @description The name that colleagues see when it calls; absent: the person's. */
            caller_name?: string | null;
            /** @description The office's number under which it calls outside, in full, where one is chosen. */
            caller_number?: string | null;
            /** @description The department. */
            department?: string | null;
            /** @description The address to sign in with. */
            email?: string | null;
            /** @description For `If-Match`; also in the header `ETag` where one person is answered. */
            etag: string;
            /** @description The extension. */
            extension?: string | null;
            /** @description Whether there is a password. */
            has_password: boolean;
            /** @description Whether there is a voicemail PIN. */
            has_pin: boolean;
            /** @description Whether its number is hidden from whoever it calls outside. */
            hides_number: boolean;
            /**
             * Format: int32
             * @description The number, given by the box.
             */
            id: number;
            /** @description Whether the phones answer calls that are said aloud. */
            intercom: boolean;
            /** @description Whether a beep is heard before such a call. */
            intercom_beep: boolean;
            /** @description What the phones are called. */
            label?: string | null;
            /** @description The language of the page and of what the box says; absent: the office's. */
            language?: string | null;
            /** @description Whether the directory names them. */
            listed: boolean;
            /**
             * Format: int32
             * @description How many calls it may have at once, 1 to 50; who calls besides finds it busy. Absent: as many as the phones take.
             */
            max_calls?: number | null;
            /**
             * Format: int32
             * @description How many devices each of the phones may register at once.
             */
            max_contacts: number;
            /** @description The name. */
            name: string;
            /** @description Whether the newest message comes first by phone. */
            newest_first: boolean;
            /** @description The extension that is reached by 0 in the mailbox; absent: the office's. */
            operator?: string | null;
            /** @description How far the extension may call. */
            permission: components["schemas"]["PermissionName"];
            /** @description The phones. */
            phones: components["schemas"]["Phone"][];
            /** @description The pickup group; absent: that of all who name none. */
            pickup_group?: string | null;
            /** @description Whether the mailbox asks for the PIN also on the extension's own phones. */
            pin_on_own_phone: boolean;
            /** @description Whether only its own phones may show on a key what it does. */
            private_lamp: boolean;
            /** @description The profile whose rights they have besides. */
            profile?: string | null;
            /**
             * Format: int32
             * @description How long it rings, in seconds.
             */
            ring_s: number;
            /** @description The rights that they begin with. */
            role: components["schemas"]["PresetName"];
            /** @description What they are responsible for. */
            roles: components["schemas"]["RoleName"][];
            /** @description Whether the caller is said before each message. */
            say_caller: boolean;
            /** @description Whether the time is said before each message. */
            say_time: boolean;
            /** @description Whether the phones show who calls from outside. */
            shows_callers: boolean;
            /** @description The site where they work. */
            site?: string | null;
            /** @description The time zone by its IANA name; absent: the office's. */
            time_zone?: string | null;
            /** @description Whether callers may leave messages. */
            voicemail: boolean;
            /**
             * Format: int32
             * @description How many minutes of messages the mailbox takes.
             */
            voicemail_minutes: number;
        };
        /** @description A person as they are to be. What is left out is as the box would have it. */
        PersonWrite: {
            account?: components["schemas"]["AccountEntryName"] | null;
            /** @description True unless given. */
            call_waiting?: boolean | null;
            /** @description 1 to 64 characters; the person's name unless given. */
            caller_name?: string | null;
            /** @description One of the office's numbers; the first that leads to the extension unless given, then the site's. */
            caller_number?: string | null;
            /** @description The department, at most 40 characters; none unless given. */
            department?: string | null;
            /** @description The address to sign in with. */
            email?: string | null;
            /** @description The extension, 2 to 10 digits. */
            extension?: string | null;
            /** @description False unless given. */
            hides_number?: boolean | null;
            /** @description Whether the phones answer calls that are said aloud; absent: true. */
            intercom?: boolean | null;
            /** @description Whether a beep is heard before such a call; absent: true. */
            intercom_beep?: boolean | null;
            /** @description 1 to 20 characters; none unless given. */
            label?: string | null;
            /** @description The language of the page and of what the box says; the office's unless given. */
            language?: string | null;
            /** @description Whether the directory names them; true unless given. */
            listed?: boolean | null;
            /**
             * Format: int32
             * @description How many calls it may have at once, 1 to 50; absent: as many as the phones take.
             */
            max_calls?: number | null;
            /**
             * Format: int32
             * @description 1 to 10; 3 unless given.
             */
            max_contacts?: number | null;
            /** @description The name. */
            name: string;
            /** @description False unless given. */
            newest_first?: boolean | null;
            /** @description The extension that is reached by 0 in the mailbox. */
            operator?: string | null;
            permission?: components["schemas"]["PermissionName"] | null;
            /** @description 1 to 32 characters. */
            pickup_group?: string | null;
            /** @description True unless given. */
            pin_on_own_phone?: boolean | null;
            /** @description False unless given. */
            private_lamp?: boolean | null;
            /** @description The name of a profile, or nothing for none; stays as it is unless given. */
            profile?: string | null;
            /**
             * Format: int32
             * @description 5 to 120 seconds, 0: until the caller gives up; 25 unless given.
             */
            ring_s?: number | null;
            role?: components["schemas"]["PresetName"] | null;
            /** @description Stay as they are unless given. */
            roles?: components["schemas"]["RoleName"][] | null;
            /** @description True unless given. */
            say_caller?: boolean | null;
            /** @description True unless given. */
            say_time?: boolean | null;
            /** @description Whether the phones show who calls from outside; absent: true. */
            shows_callers?: boolean | null;
            /** @description The name of a site; none unless given. */
            site?: string | null;
            /** @description The time zone by its IANA name; the office's unless given. */
            time_zone?: string | null;
            /** @description Whether callers may leave messages; false unless given. */
            voicemail?: boolean | null;
            /**
             * Format: int32
             * @description 1 to 1000; 60 unless given.
             */
            voicemail_minutes?: number | null;
            /** @description A new person with an extension gets a phone unless this is false. Means nothing for a person who exists. */
            with_phone?: boolean | null;
        };
        /** @description One of a person's phones. */
        Phone: {
            /**
             * Format: int32
             * @description Its number, given by the box.
             */
            id: number;
            /** @description Whether it is registered. */
            is_registered: boolean;
            /** @description Its name. */
            name: string;
            /** @description The user name that it signs in with. */
            user: string;
        };
        /** @description One device that a phone is registered from. */
        PhoneBinding: {
            /** @description The address and port that its messages come from. */
            address: string;
            /** @description Its address as it gave it. */
            contact: string;
            /**
             * Format: date-time
             * @description When its registration ends unless it is renewed.
             */
            expires_at: string;
            /** @description Whether it is there, as far as is known: it answers OPTIONS, or never did. */
            is_reachable: boolean;
            /**
             * Format: int32
             * @description From OPTIONS to its answer, in milliseconds; absent while it has answered none.
             */
            round_trip_ms?: number | null;
            /**
             * Format: date-time
             * @description Since when it is there, or is not.
             */
            since?: string | null;
            /** @description `UDP`, `TCP` or `TLS`. */
            transport: string;
            /** @description Its software, as it says. */
            user_agent: string;
        };
        /** @description A phone. */
        PhoneLine: {
            /** @description Its extension. */
            extension: string;
            /** @description Its name. */
            name: string;
            /** @description Whose it is. */
            person: string;
            /** @description Where it is registered. */
            places: components["schemas"]["Place"][];
            /** @description What it is doing. */
            state: components["schemas"]["PhoneState"];
        };
        /** @description A phone, where it is registered, and what went wrong. */
        PhoneRow: {
            /** @description Where it is registered, the latest renewed first. */
            bindings: components["schemas"]["PhoneBinding"][];
            /** @description Its extension. */
            extension: string;
            /** @description Wrong passwords and other wrong proofs in its name, the newest first. */
            failures: components["schemas"]["Attempt"][];
            /** @description What to do; absent where it can be reached. */
            fix?: string | null;
            /**
             * Format: int32
             * @description Its number, given by the box.
             */
            id: number;
            /** @description Its name. */
            name: string;
            /** @description Whose it is. */
            person: string;
            /**
             * Format: int32
             * @description The number of that person.
             */
            person_id: number;
            /** @description Whether it can be reached. */
            reach: components["schemas"]["ReachName"];
            /**
             * Format: date-time
             * @description Since when; absent where that is so since before the box started.
             */
            since?: string | null;
            /** @description What it is doing. */
            state: components["schemas"]["PhoneState"];
            /** @description The user name that it signs in with. */
            user: string;
        };
        /**
         * @description What a phone is doing.
         * @enum {string}
         */
        PhoneState: "offline" | "idle" | "ringing" | "talking" | "held";
        /** @description Every phone. */
        Phones: {
            /** @description In order of their names. */
            phones: components["schemas"]["PhoneRow"][];
        };
        /** @description A PIN for somebody else. */
        PinWrite: {
            /** @description 4 to 10 digits; the box makes one unless given. */
            pin?: string | null;
        };
        /** @description Where a phone is registered. */
        Place: {
            /** @description The address and port that it is reached at. */
            address: string;
            /**
             * Format: date-time
             * @description When it ends unless it is renewed.
             */
            expires_at: string;
            /** @description `UDP` or `TCP`. */
            transport: string;
            /** @description The phone's software, as it says. */
            user_agent: string;
        };
        /** @description A call that is wanted. */
        PlaceCall: {
            /** @description The number or code, as one's own phone would dial it. */
            number: string;
            /** @description Which of one's own phones rings, by its name; absent: all of them. */
            phone?: string | null;
        };
        /** @description A call that was placed. */
        PlacedCall: {
            /**
             * Format: int64
             * @description Its number among the calls.
             */
            call: number;
            /** @description How far it is. */
            state: components["schemas"]["PlacedState"];
            /** @description Why it ended, in a sentence; absent while it is up. */
            story?: string | null;
        };
        /**
         * @description How far a placed call is.
         * @enum {string}
         */
        PlacedState: "phone" | "rings" | "talks" | "over";
        /** @description What a sentence says. Nothing is saved by it: whoever wants it so sends the row as any other. */
        PlainRead: {
            /** @description The sentence of what it would take the place of; absent: it is new. */
            before?: string | null;
            diversion?: components["schemas"]["DiversionRow"] | null;
            /** @description The version of the rules and diversions that it was read beside. */
            etag: string;
            /** @description Sentences that are understood. */
            examples: string[];
            group?: components["schemas"]["TimeGroupWrite"] | null;
            /** @description `rule`, `default_rule`, `diversion`, `time_group`; absent: it is not understood, or not all of it. */
            kind?: string | null;
            /** @description The place of that in its list. */
            place?: number | null;
            rule?: components["schemas"]["RuleRow"] | null;
            /** @description The sentence as the box says it. */
            sentence?: string | null;
            /** @description What was not, and what to write, one sentence each. */
            unclear: string[];
            /** @description Where it is not understood: what was, part by part. */
            understood: string[];
        };
        /** @description A sentence to be read. */
        PlainWrite: {
            /** @description In English or German, at most 12 000 characters. */
            text: string;
        };
        /** @description Where a step leads. */
        PlanEdge: {
            /** @description The place of the next. */
            next: number;
            /** @description How the step ended. */
            outcome: string;
        };
        /** @description A step of a plan. */
        PlanStep: {
            /** @description What is done. */
            act: string;
            /** @description Why. */
            because: string[];
            /** @description Where it leads when it ends without an answer. */
            on: components["schemas"]["PlanEdge"][];
            rings?: components["schemas"]["Rings"] | null;
        };
        /**
         * @description The rights that somebody begins with.
         * @enum {string}
         */
        PresetName: "user" | "office" | "admin";
        /** @description A preset. */
        PresetRow: {
            /** @description Which. */
            preset: components["schemas"]["PresetName"];
            /** @description What it opens. */
            rights: components["schemas"]["Right"][];
        };
        /** @description Why a request was not met (RFC 9457). */
        Problem: {
            /** @description One sentence for whoever sits before the page. */
            detail: string;
            /** @description What is wrong with single fields of what was sent. */
            errors?: {
                [key: string]: string;
            };
            /** Format: int32 */
            status: number;
            title: string;
            type: string;
        };
        /** @description A named set of rights. */
        ProfileRow: {
            /** @description The groups that carry it. */
            groups: string[];
            /** @description Its name. */
            name: string;
            /** @description Who has it. */
            people: components["schemas"]["Named"][];
            /** @description What it opens. */
            rights: components["schemas"]["Right"][];
        };
        /** @description A profile as it is to be. */
        ProfileWrite: {
            /** @description The name, at most 40 characters. */
            name: string;
            /** @description What it opens, each area at most once. Whoever may see or change people may do that with their names and rules too. */
            rights: components["schemas"]["Right"][];
        };
        /** @description Rights of the office's own making. */
        Profiles: {
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
            /** @description What each preset opens, to begin a profile with. */
            presets: components["schemas"]["PresetRow"][];
            /** @description In the order in which they were added. */
            profiles: components["schemas"]["ProfileRow"][];
        };
        /**
         * @description Whether a phone can be reached.
         * @enum {string}
         */
        ReachName: "registered" | "unreachable" | "gone" | "unseen";
        /** @description Somebody who may be in a group. */
        Reachable: {
            /** @description The extension. */
            extension?: string | null;
            /**
             * Format: int32
             * @description The person's number.
             */
            id: number;
            /** @description The name. */
            name: string;
        };
        /** @description A new password for an administrator who has lost theirs, by a token of `bellboxd reset-admin`. */
        Reset: {
            /** @description The administrator's address; may be left out where there is only one. */
            email?: string | null;
            /** @description The new password. */
            password: string;
            /** @description The token. */
            token: string;
        };
        /** @description A restore. */
        RestoreBackup: {
            /** @description The id of the upload, as its check said it. */
            id: string;
        };
        /** @description One saved change of the office. */
        Revision: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who. */
            author: string;
            /** @description What was changed, at most 50 fields. */
            changes: components["schemas"]["Change"][];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Whether it is in force. */
            is_in_force: boolean;
        };
        /** @description The history of the office. */
        Revisions: {
            /**
             * Format: int64
             * @description What the next page asks for in `before`; absent where there is none.
             */
            next?: number | null;
            /** @description Newest first. */
            revisions: components["schemas"]["Revision"][];
        };
        /** @description An area that is open. */
        Right: {
            /** @description Which. */
            area: components["schemas"]["AreaName"];
            /** @description How far. */
            may: components["schemas"]["LevelName"];
        };
        /** @description A phone that rings. */
        RingingPhone: {
            /** @description Whether it is assumed to be there. */
            is_there: boolean;
            /** @description Its name. */
            name: string;
        };
        /** @description An extension that rings. */
        Rings: {
            /** @description Which. */
            extension: string;
            /** @description Whose. */
            name: string;
            /** @description Its phones. */
            phones: components["schemas"]["RingingPhone"][];
            /**
             * Format: int32
             * @description For how long, in seconds.
             */
            seconds: number;
        };
        /**
         * @description What somebody is responsible for in the office, with the rights that it needs.
         * @enum {string}
         */
        RoleName: "decision_maker" | "phone_manager" | "billing" | "technical" | "emergency";
        /** @description A role. */
        RoleRow: {
            /** @description Who has it. */
            holders: components["schemas"]["Named"][];
            responsible?: components["schemas"]["Named"] | null;
            /** @description Which. */
            role: components["schemas"]["RoleName"];
            stands_in?: components["schemas"]["RoleName"] | null;
        };
        /** @description Who has which role. */
        Roles: {
            /** @description Every role. */
            roles: components["schemas"]["RoleRow"][];
        };
        /** @description A route. */
        RouteRow: {
            account?: components["schemas"]["AccountEntryName"] | null;
            /** @description What its calls cost at worst; absent: what the number tells. */
            class?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Patterns of numbers in full, as in `+49*`; none: every number. */
            patterns: string[];
            /** @description The trunks, first choice first. */
            trunks: string[];
        };
        /** @description All routes. */
        RoutesWrite: {
            /** @description They take the place of those before. */
            routes: components["schemas"]["RouteRow"][];
        };
        /**
         * @description What becomes of a row.
         * @enum {string}
         */
        RowBecomes: "new" | "changed" | "same" | "wrong";
        /** @description What one row comes to. */
        RowVerdict: {
            /** @description What becomes of it. */
            becomes: components["schemas"]["RowBecomes"];
            /** @description What is wrong, by column. */
            errors: {
                [key: string]: string;
            };
        };
        /** @description An answering rule. Targets that are absent are the person's own mailbox, or nothing where calls would go there anyhow. */
        RuleRow: {
            /** @description What rings too, at most ten; absent: nothing. */
            also?: components["schemas"]["AlsoRow"][] | null;
            always?: components["schemas"]["TargetRow"] | null;
            /** @description The person's own phones do not ring, those of `also` do. */
            away?: boolean | null;
            busy?: components["schemas"]["TargetRow"] | null;
            /** @description No phone rings. */
            dnd?: boolean | null;
            /** @description Whether it is asked; absent: true. */
            enabled?: boolean | null;
            offline?: components["schemas"]["TargetRow"] | null;
            on_active?: components["schemas"]["TargetRow"] | null;
            /**
             * Format: int32
             * @description How long the phones ring, in seconds, 0: until the caller gives up; absent: as the person's settings say.
             */
            ring_s?: number | null;
            /** @description Whoever answers a call from outside is asked first whether it is wanted. */
            screen?: boolean | null;
            unanswered?: components["schemas"]["TargetRow"] | null;
            /** @description The name of a time group; absent in the default rule alone. */
            when?: string | null;
        };
        /** @description A rule that does not hold although its time group is open. */
        RuleWarning: {
            /**
             * Format: date-time
             * @description The next time it happens.
             */
            at: string;
            /** @description The place of the one that is before it. */
            by: number;
            /** @description Its place. */
            rule: number;
        };
        /** @description A saved change. */
        Saved: {
            /**
             * Format: int64
             * @description The revision, for Undo; absent where nothing of the office has changed.
             */
            revision?: number | null;
        };
        /** @description What a change of a person came to. */
        SavedPerson: {
            /** @description What to enter in new phones: shown this once. */
            credentials: components["schemas"]["Credentials"][];
            /** @description The person as they are now. */
            person: components["schemas"]["Person"];
            /** @description A new PIN that the box made: shown this once. */
            pin?: string | null;
            /**
             * Format: int64
             * @description The revision, for Undo; absent where nothing of the office has changed.
             */
            revision?: number | null;
        };
        /**
         * @description What somebody may do.
         * @enum {string}
         */
        Scope: "home" | "user" | "admin";
        /** @description A screen of the page. */
        Screen: {
            /** @description Which. */
            name: components["schemas"]["ScreenName"];
            /** @description The row of it, by its id; absent where it is about several, or about none. */
            row?: string | null;
        };
        /**
         * @description The screens that something may be done on.
         * @enum {string}
         */
        ScreenName: "voicemail" | "people" | "phones" | "trunks" | "system";
        /** @description Who answers in somebody's place. */
        SecretaryRow: {
            /** @description The extension. */
            extension: string;
            /** @description Whether its phones ring; absent: they do. */
            on?: boolean | null;
        };
        /** @description The first boot: claims the box. */
        Setup: {
            /** @description Its first administrator. */
            admin: components["schemas"]["SetupAdmin"];
            /** @description The office. */
            office: components["schemas"]["SetupOffice"];
            /** @description The token that the console shows. */
            token: string;
        };
        /** @description The first administrator. */
        SetupAdmin: {
            /** @description The address to sign in with. */
            email: string;
            /** @description The name. */
            name: string;
            /** @description The password. */
            password: string;
        };
        /** @description The office as the first boot sets it. */
        SetupOffice: {
            /** @description ISO 3166-1 alpha-2, `DE`. */
            country: string;
            /** @description One of the box's languages. */
            language: string;
            /** @description Its name. */
            name: string;
            /** @description An IANA name, `Europe/Berlin`. */
            time_zone: string;
        };
        /** @description Who wants in. */
        SignIn: {
            /** @description An e-mail address or an extension. */
            login: string;
            /** @description The password; with an extension also the voicemail PIN, which opens only what concerns the mailbox and the calls. */
            secret: string;
        };
        /** @description One sign-in. */
        SignInRow: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description What the browser said of itself: its `User-Agent`. */
            device: string;
            /** @description The address that it came from. */
            from: string;
            /** @description Whether it was by PIN, which opens own calls and messages only. */
            is_by_pin: boolean;
            /** @description Whether its session is not over. */
            is_open: boolean;
            /** @description Whether it is this login session. */
            is_this: boolean;
        };
        /** @description Where somebody has signed in last, since the box has started. */
        SignIns: {
            /** @description Newest first, at most 8. */
            sign_ins: components["schemas"]["SignInRow"][];
        };
        /** @description A site: what is absent is as in the office. */
        SiteRow: {
            /** @description Whether whom its people hold or park hears music. */
            hold_music: boolean;
            /** @description What the box speaks to its people. */
            language?: string | null;
            /** @description The extensions of those who may change its time groups, besides those who may change the office's. */
            managers: string[];
            /** @description Its name. */
            name: string;
            /** @description Under which of the office's numbers its people call. */
            number?: string | null;
            /**
             * Format: int32
             * @description How many people work there.
             */
            people: number;
            /**
             * Format: int32
             * @description How many time groups it has.
             */
            time_groups: number;
            /** @description Its time zone by its IANA name. */
            time_zone?: string | null;
        };
        /** @description A site as it is to be. What is left out is as in the office. */
        SiteWrite: {
            /** @description Whether whom its people hold or park hears music; left out: yes. */
            hold_music?: boolean | null;
            /** @description One of the box's languages. */
            language?: string | null;
            /** @description The extensions of those who may change its time groups; at most 20. */
            managers?: string[];
            /** @description The name, at most 40 characters. */
            name: string;
            /** @description One of the office's numbers. */
            number?: string | null;
            /** @description A time zone by its IANA name. */
            time_zone?: string | null;
        };
        /** @description The sites of the office. */
        Sites: {
            /** @description For `If-Match`; also in the header `ETag`. */
            etag: string;
            /** @description The office's numbers, of which a site may have one. */
            numbers: string[];
            /** @description In the order in which they were added. */
            sites: components["schemas"]["SiteRow"][];
        };
        /**
         * @description How good a sound is, by the rating R of ITU-T G.107, the classes of G.109 and the jitter of RFC 3550 §6.4.1.
         * @enum {string}
         */
        SoundGrade: "good" | "fair" | "none" | "poor";
        /** @description A call's whole story. */
        Story: {
            /** @description The call in one line. */
            call: components["schemas"]["Call"];
            /** @description What happened, in order. */
            lines: components["schemas"]["StoryLine"][];
        };
        /** @description One thing that happened to a call. */
        StoryLine: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description What, as one word: `asked`, `decided`, `rang`, `answered`, ... */
            kind: string;
            /**
             * Format: int64
             * @description Milliseconds since the call began.
             */
            since_start_ms: number;
            /** @description What was decided, where that is what happened. */
            steps: components["schemas"]["StoryStep"][];
            /** @description What, in a sentence. */
            text: string;
        };
        /** @description A step of the plan. */
        StoryStep: {
            /** @description Why. */
            because: string[];
            /** @description What is to be done. */
            what: string;
        };
        /** @description How the box does. */
        System: {
            /**
             * Format: date-time
             * @description When this was measured: at most two seconds ago.
             */
            at: string;
            /**
             * Format: float
             * @description What the daemon takes of one core, in percent; more than 100 where it uses several.
             */
            cpu_percent: number;
            disk?: components["schemas"]["Disk"] | null;
            /** @description Whether the clock was ever set. */
            is_clock_set: boolean;
            /** @description All that runs on the machine together. */
            machine: components["schemas"]["Machine"];
            /**
             * Format: int64
             * @description The memory that the daemon holds, in bytes.
             */
            memory_bytes: number;
            /**
             * Format: int64
             * @description For how long the daemon runs, in seconds.
             */
            up_s: number;
            /** @description The version of the software. */
            version: string;
        };
        /** @description Where a call is sent instead. */
        TargetRow: {
            /** @description The extension, or the number as it is dialled. */
            id: string;
            /** @description `person` by their own rules, `phone` whatever their rules say, `voicemail`, `number`. */
            kind: string;
        };
        /** @description A test call that was begun. */
        TestBegun: {
            /**
             * Format: int64
             * @description Its number among the calls: it has a story and a ladder as every call.
             */
            call: number;
        };
        /** @description A test call that is wanted. */
        TestCall: {
            /** @description Whom to call, as it would be dialled; absent: the number that the trunk shows, or another of the office's own. */
            number?: string | null;
        };
        /** @description A time group. */
        TimeGroup: components["schemas"]["TimeGroupWrite"] & {
            /** @description Whose address it is changed under: `office`, `site:` and a site's name, or a person's number. */
            address: string;
            /** @description Its next changes. */
            changes: components["schemas"]["TimeGroupChange"][];
            /**
             * Format: date-time
             * @description Until when it is forced; absent: until somebody changes it.
             */
            forced_until?: string | null;
            /** @description Whether that is because somebody said so, against its times. */
            is_forced: boolean;
            /** @description Whether it is open now. */
            is_open: boolean;
            /** @description Whether the reader may change it here: in a list of somebody's whether it is theirs. */
            is_own: boolean;
            /** @description Whether others may use it too: it is the office's, or a site's. */
            is_shared: boolean;
            /** @description The night mode that forces it; absent where somebody forced it alone, or it is not forced. */
            night_mode?: string | null;
            /** @description Its times in plain words. */
            said: string;
            /** @description The site that it is of. */
            site?: string | null;
            /** @description Who has rules by it, and the night modes that force it. */
            used_by: string[];
            /** @description When it is open in the seven days from today on, by its times. */
            week: components["schemas"]["OpenSpan"][];
        };
        /** @description A time group opens or closes. */
        TimeGroupChange: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Whether it opens. */
            opens: boolean;
            /** @description The same in words, by the clock of the group. */
            text: string;
        };
        /** @description A time group, as it is sent. */
        TimeGroupWrite: {
            /** @description Its name; another one is taken over by the rules that have the one before. */
            name: string;
            /**
             * Format: int32
             * @description Its short number from 1 to 999, which the code that forces it is dialled with; absent: none.
             */
            number?: number | null;
            /** @description An IANA name; absent: where its owner's clock is. */
            time_zone?: string | null;
            /** @description Its times, such as `Mon-Fri 08:00-18:00`, `except holidays US`. */
            times: string[];
        };
        /** @description The time groups that somebody may use. */
        TimeGroups: {
            /** @description The countries whose holidays are known. */
            countries: string[];
            /** @description What a change sends in If-Match: the version of all rows. */
            etag: string;
            /** @description Their own, then their site's, then the office's. */
            groups: components["schemas"]["TimeGroup"][];
            /** @description The sites whose time groups the reader may change. */
            sites: string[];
            /** @description Where the clock is of whom the address names, by its IANA name. */
            time_zone?: string | null;
        };
        /** @description What decides about an extension's calls by the clock. */
        TimeOfDay: {
            /** @description The extension. */
            extension: string;
            /** @description The time groups that its rules and diversions go by: its own, its site's, then the office's. */
            groups: components["schemas"]["TimeGroup"][];
            /** @description Whose it is. */
            name: string;
        };
        /** @description What one means, or what is wrong with it. */
        TimeRow: {
            /** @description The entry of a time group that says the same; absent where something is wrong. */
            entry?: string | null;
            /** @description What is wrong, column by column. */
            faults: components["schemas"]["TimeRowFault"][];
            /**
             * Format: int32
             * @description The line, from 1.
             */
            line: number;
            /** @description The same in the reader's words. */
            said?: string | null;
            /** @description As it was pasted. */
            text: string;
        };
        /** @description What is wrong with a column. */
        TimeRowFault: {
            /** @description `times`, `weekdays`, `month_days`, `months`, `time_zone`; `columns` or `rows` where it is the row as a whole. */
            field: string;
            /** @description Why, and what to write. */
            text: string;
        };
        /** @description What they mean. */
        TimeRows: {
            /**
             * Format: int32
             * @description How many entries a time group may have.
             */
            most: number;
            /** @description One for each line that is not empty, in their order. */
            rows: components["schemas"]["TimeRow"][];
        };
        /** @description Rows as they are pasted. */
        TimeRowsWrite: {
            /**
             * @description One in a line: four columns, times, days of the week, days of the month and months, as in `09:00-17:00|mon-fri|*|*`, or eight,
             *     with from and to apart. Nothing and `*` stand for any.
             */
            text: string;
        };
        /** @description The limits of the office, and of those who have their own. */
        TollGuard: {
            /**
             * Format: int32
             * @description How many calls to the outside an extension may have at once.
             */
            at_once: number;
            /** @description What a change sends in If-Match: the version of the limits. */
            etag: string;
            /** @description Extensions with limits of their own, in order of their digits. */
            extensions: components["schemas"]["OwnLimits"][];
            /** @description When nobody may call other countries and premium numbers, `22:00-06:00`; absent: never. */
            night?: string | null;
            /**
             * Format: int32
             * @description How many it may begin within an hour.
             */
            per_hour: number;
            /** @description Whose calls were refused, the newest first; forgotten four days after the last, and at a restart. */
            refused: components["schemas"]["TollRefusal"][];
            /**
             * Format: int64
             * @description The revision in force.
             */
            revision: number;
        };
        /** @description The limits as they are to be. */
        TollGuardWrite: {
            /**
             * Format: int32
             * @description 1 to 1000; 4 unless given.
             */
            at_once?: number | null;
            /** @description Extensions with limits of their own; all others have none. */
            extensions: components["schemas"]["OwnLimits"][];
            /** @description Two times of the day; never unless given. */
            night?: string | null;
            /**
             * Format: int32
             * @description 1 to 1000; 60 unless given.
             */
            per_hour?: number | null;
        };
        /** @description An extension that called outside where it may not, or more often than it may. */
        TollRefusal: {
            /**
             * Format: int32
             * @description How many calls to the outside it has now.
             */
            at_once: number;
            /** @description Which. */
            extension: string;
            /**
             * Format: date-time
             * @description When the first was refused.
             */
            first_at: string;
            /**
             * Format: int32
             * @description How many it has begun within the last hour.
             */
            in_hour: number;
            /**
             * Format: date-time
             * @description When the last was.
             */
            last_at: string;
            /** @description The number of the last one. */
            number: string;
            /** @description Whose it is. */
            person: string;
            /**
             * Format: int32
             * @description How many of its calls were refused.
             */
            refused: number;
            /** @description Why that was refused, in one sentence. */
            why: string;
        };
        /** @description A trunk. */
        Trunk: components["schemas"]["TrunkRow"] & {
            /** @description Whether its secret is known; the secret itself is never told. */
            has_secret: boolean;
            state?: components["schemas"]["TrunkState"] | null;
        };
        /** @description What a trunk is asked, and what came of it last. */
        TrunkExchange: {
            /** @description When it answered last, or was found not to; absent where that was never. */
            at?: string | null;
            /** @description Whether it is being asked now; what stands below is then of the time before. */
            is_open: boolean;
            /** @description What the trunk calls that. */
            phrase?: string | null;
            /**
             * Format: int32
             * @description The status of the answer; absent where there was none.
             */
            status?: number | null;
        };
        /** @description Something that went wrong with a trunk. */
        TrunkFailure: {
            /** @description When. */
            at: string;
            /** @description What, as a sentence. */
            text: string;
        };
        /** @description How a trunk is set up. */
        TrunkRow: {
            /** @description The digest user name, where it is not the account. */
            auth_user?: string | null;
            /** @description With TLS: whose certificates count, as PEM; absent: those of the system's authorities. */
            authority?: string | null;
            /** @description The number that is shown for extensions without one of their own. */
            caller_number?: string | null;
            /**
             * Format: int32
             * @description Calls at once.
             */
            channels?: number | null;
            /** @description `pcma`, `pcmu`, best first. */
            codecs?: string[] | null;
            /** @description Whether it is used; absent: true. */
            enabled?: boolean | null;
            /** @description How it is told who calls: `none`, `asserted`, `preferred`, `remote_party`; absent: none. */
            identity?: string | null;
            /** @description Its name, which stays: it is what the secret is kept by. */
            name: string;
            /** @description How numbers are written: `e164`, `digits` (in full without the +), `national`, `as_is`. */
            numbers?: string | null;
            /**
             * Format: int32
             * @description Seconds between two questions whether it lives; 0 never.
             */
            options_s?: number | null;
            /** @description Put in front of it then. */
            prepend?: string | null;
            /** @description The outbound proxy. */
            proxy?: string | null;
            /** @description The carrier's server, with or without a port. */
            server: string;
            /** @description Addresses that calls may come from besides the server's. */
            sources?: string[] | null;
            /**
             * Format: int32
             * @description Characters taken off the front of a called number.
             */
            strip?: number | null;
            /** @description `udp`, `tcp` or `tls`; absent: udp. */
            transport?: string | null;
            /** @description Whether what it asserts of its callers is believed; absent: false. */
            trusted?: boolean | null;
            /** @description The account. */
            user?: string | null;
            /** @description `register` or `address`; absent: register. */
            way?: string | null;
        };
        /** @description How a trunk is. */
        TrunkState: {
            /** @description Where it is, first choice first. */
            addresses: string[];
            /**
             * Format: int32
             * @description Calls that it carries now.
             */
            calls: number;
            /** @description What went wrong last, newest first. */
            failures: components["schemas"]["TrunkFailure"][];
            /** @description `up`, `degraded` or `down`. */
            health: string;
            /** @description How its health changed, newest last. */
            history: components["schemas"]["TrunkTurn"][];
            options?: components["schemas"]["TrunkExchange"] | null;
            register?: components["schemas"]["TrunkExchange"] | null;
            /** @description Until when the box is registered with it. */
            registered_until?: string | null;
            /**
             * Format: int32
             * @description The last round trip, in milliseconds.
             */
            round_trip_ms?: number | null;
            /** @description The box's address as it sees it, where that is not its own. */
            seen_as?: string | null;
            /** @description Since when. */
            since?: string | null;
            test?: components["schemas"]["TrunkTest"] | null;
            /** @description The same as a sentence, with what to do. */
            text?: string | null;
            /** @description What is wrong, as a word for programs. */
            trouble?: string | null;
        };
        /** @description A test call by a trunk, up or over. */
        TrunkTest: {
            /** @description When it began. */
            at: string;
            /**
             * Format: int64
             * @description Its number among the calls.
             */
            call: number;
            /** @description Whether somebody answered and was heard. */
            is_good: boolean;
            /** @description Whether it is up. */
            is_running: boolean;
            /** @description Who was called, in full. */
            number: string;
            /** @description What came of it, in a sentence; absent while it is up. */
            text?: string | null;
        };
        /** @description A change of a trunk's health. */
        TrunkTurn: {
            /** @description When. */
            at: string;
            /** @description `up`, `degraded`, `down`, or `off`: switched off. */
            health: string;
            /** @description What was wrong then, as a sentence. */
            text?: string | null;
        };
        /** @description A trunk to be added or changed. */
        TrunkWrite: components["schemas"]["TrunkRow"] & {
            /** @description Its secret; absent: the known one stays, empty: it goes. */
            secret?: string | null;
        };
        /** @description What callers are to hear. */
        UseOwn: {
            /**
             * Format: int64
             * @description The recording's number: the one in use, or the one before it. Absent: the box speaks.
             */
            id?: number | null;
        };
        /** @description One sentence about the box. */
        Verdict: {
            at?: components["schemas"]["Screen"] | null;
            /** @description What to do; absent where nothing is to be done. */
            fix?: string | null;
            /** @description How bad it is. */
            level: components["schemas"]["Level"];
            /** @description What is so. */
            text: string;
        };
        /**
         * @description How a call went, in one word for a symbol.
         * @enum {string}
         */
        Went: "up" | "answered" | "voicemail" | "missed" | "failed" | "emergency";
        /** @description A call that nobody makes. */
        WhatIf: {
            /** @description When, by the office's clock: `2026-12-25T10:00`; absent: now. */
            at?: string | null;
            /** @description Extensions that are in a call. */
            busy?: string[];
            /** @description Extensions that do not want to be disturbed. */
            dnd?: string[];
            /** @description Trunks that are down; all others are up. */
            down?: string[];
            /** @description Who calls: an extension, a number outside, or nothing for a caller outside who shows none. */
            from: string;
            /** @description Extensions none of whose phones is there; all others are. */
            offline?: string[];
            /** @description The number that is dialled; empty: the extension of whoever asks, where they are no administrator. A caller outside may name an extension in the place of the number that leads to it. */
            to: string;
            /** @description The trunk that a caller outside comes by; absent: the first. */
            trunk?: string | null;
        };
        /** @description What would become of it. */
        WhatIfPlan: {
            /**
             * Format: date-time
             * @description The moment that was looked at.
             */
            at: string;
            /** @description What comes of the call where nobody answers, in one sentence. */
            sentence: string;
            /** @description The steps; the first is entered first. */
            steps: components["schemas"]["PlanStep"][];
            /** @description The places of the steps that it comes by then. */
            way: number[];
        };
        /**
         * @description Which of the sounds of one's own.
         * @enum {string}
         */
        WhichOwn: "greeting" | "name" | "assistant";
        /** @description One who is waited for: as soon as they are free, the phones of whoever waits ring. */
        Wish: {
            /** @description Their name. */
            name: string;
            /** @description Their extension. */
            target: string;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            until: string;
        };
        /** @description Whom somebody waits for. */
        Wishes: {
            /** @description In the order in which they were called, at most five. */
            wishes: components["schemas"]["Wish"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_accounts_number: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The number that it has. */
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_accounts_number: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its number. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_answering_who: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answering"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_answering_who: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnsweringWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_answering_who_bosses_boss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secretary: `me`, or a person's number. */
                who: string;
                /** @description The boss's extension. */
                boss: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BossWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_answering_who_bosses_boss_pass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secretary: `me`, or a person's number. */
                who: string;
                /** @description The boss's extension. */
                boss: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PassWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_answering_who_order: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_answering_who_rules: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleRow"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_answering_who_rules_place: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, or a person's number. */
                who: string;
                /** @description The rule's place from 0, or `default`. */
                place: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_answering_who_words: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlainWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlainRead"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_attempts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attempts"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_attempts_source_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The address. */
                source: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_authority: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authority"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_authorizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorizations"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_authorizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizationWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_authorizations_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizationWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_authorizations_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything but the settings of the machine; holds password hashes and keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-tar": number[];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-tar": number[];
            };
        };
        responses: {
            /** @description It is good, and may be restored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedBackup"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_backup_before: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backup_restore: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreBackup"];
            };
        };
        responses: {
            /** @description The office before is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backup_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupState"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_backup_undo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The office that was restored is kept in its turn. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_caller_ids: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallerIds"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_caller_ids_extension: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The extension. */
                extension: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallerIdWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_callers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfficeCallers"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_callers: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfficeCallersWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calls: {
        parameters: {
            query?: {
                /** @description Older than this call: `next` of the page before. */
                before?: number;
                /** @description How many, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description Part of a number, a name or the story. */
                q?: string;
                /** @description Called by or dialling exactly this number. */
                number?: string;
                /** @description Charged to the account of this number. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calls"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calls_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"][];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calls_export: {
        parameters: {
            query?: {
                /** @description Charged to the account of this number; all unless given. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calls_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Story"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calls_id_ladder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ladder"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_certificate_undo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_console: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Console"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_console_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                call: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact_files_book: {
        parameters: {
            query?: {
                /** @description `csv` unless given. */
                as?: "csv" | "vcard";
            };
            header?: never;
            path: {
                /** @description `own` or `office`. */
                book: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, or with `as=vcard` RFC 2426; in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contact_files_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `own` or `office`. */
                book: string;
            };
            cookie?: never;
        };
        /** @description A table with commas, semicolons or tabs, or cards. */
        requestBody: {
            content: {
                "text/csv": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactTable"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contact_files_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `own` or `office`. */
                book: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactsImport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactsImported"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contacts_book: {
        parameters: {
            query?: never;
            header: {
                /** @description The book's etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `own` or `office`. */
                book: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Contacts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_contacts_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `own`, or `office` for the phonebook, which administrators change. */
                book: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Contact"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contacts_book_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The book's etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `own` or `office`. */
                book: string;
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Contact"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_contacts_book_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The book's etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description `own` or `office`. */
                book: string;
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_departments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Departments"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_departments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_departments_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_departments_name: {
        parameters: {
            query?: {
                /** @description The department that they are in from now on. Without it, and without `none`, one with people in it is not removed. */
                to?: string;
                /** @description Whether they are in none from now on; false unless given. */
                none?: boolean;
            };
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_directory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description The last event that was heard. */
                "Last-Event-ID"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events named as `EventKind`, their data an `Event`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_extensions: {
        parameters: {
            query?: {
                /** @description Those that have one of these, parted by commas, in number, name, label, department or site; the first 200 characters count. */
                q?: string;
                /** @description Those for which something is switched on now, whatever switched it. */
                on?: boolean;
                /** @description How many, 1 to 500; 100 unless given. A table has all. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Extensions"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_extensions_export: {
        parameters: {
            query?: {
                /** @description Those that have one of these, parted by commas, in number, name, label, department or site; the first 200 characters count. */
                q?: string;
                /** @description Those for which something is switched on now, whatever switched it. */
                on?: boolean;
                /** @description How many, 1 to 500; 100 unless given. A table has all. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_extensions_off: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtensionsOff"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_extensions_extension_diversions_kind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The extension. */
                extension: string;
                /** @description The diversion, as its rows name it. */
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiversionWish"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_feature_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureCodes"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_feature_codes: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeatureCodesWrite"];
            };
        };
        responses: {
            /** @description In force with the next call. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_findings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_greeting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Greeting"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_greeting_spoken_audio: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes. */
                Range?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description There is no such part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_greeting_which: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which. */
                which: components["schemas"]["WhichOwn"];
            };
            cookie?: never;
        };
        /** @description WAV: PCM, floating point or G.711. */
        requestBody: {
            content: {
                "audio/wav": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Greeting"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_greeting_which_audio: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes. */
                Range?: string | null;
            };
            path: {
                /** @description Which. */
                which: components["schemas"]["WhichOwn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description There is no such part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_greeting_which_use: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which. */
                which: components["schemas"]["WhichOwn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UseOwn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Greeting"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_groups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Groups"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_groups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_groups_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_groups_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_hello: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hello"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveCalls"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_live_call_hangup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                call: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in; the cookie is set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_logout_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_me: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyChanges"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyPassword"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_me_pin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyPin"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_rights: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRights"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIns"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_night_modes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NightModes"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_night_modes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NightModeWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_night_modes_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NightModeWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_night_modes_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_night_modes_name_switch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NightSwitch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_numbers: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumbersWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonWrite"];
            };
        };
        responses: {
            /** @description The phone's password is told this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_people_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_people_table: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description With commas, semicolons or tabs; UTF-8, or what Excel writes. */
        requestBody: {
            content: {
                "text/csv": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleTable"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_table: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeopleImport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleImported"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_people_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_people_id: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_people_id: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_id_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_id_phones: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The phone's password is told this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_people_id_phones_phone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
                /** @description The phone's number. */
                phone: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_id_phones_phone_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
                /** @description The phone's number. */
                phone: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The phone's password is told this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_id_pin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinWrite"];
            };
        };
        responses: {
            /** @description A PIN that the box made is told this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPerson"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_phones: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Phones"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_place: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnPhones"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_place: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedCall"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_place_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                call: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedCall"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_place_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                call: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_profiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profiles"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_profiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_profiles_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_profiles_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reset"];
            };
        };
        responses: {
            /** @description The password is new, and they are signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_revisions: {
        parameters: {
            query?: {
                /** @description How many, 1 to 100; 50 unless given. */
                limit?: number;
                /** @description Only those before this one: the `next` of the page before. */
                before?: number;
                /** @description Only those that were saved at this moment or earlier: the first is the office as it was then. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revisions"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_revisions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The revision, as a call's story names it. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastRevision"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_revisions_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The revision that is put back. Passwords and PINs stay as they are. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is a new revision, which can be taken back too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_revisions_id_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The revision whose change is taken back. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is a new revision, which can be taken back too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_routes: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoutesWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description The box is theirs, and they are signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_setup_backup: {
        parameters: {
            query?: never;
            header: {
                /** @description The token that the console shows. */
                "X-Setup-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-tar": number[];
            };
        };
        responses: {
            /** @description It is good, and may be restored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedBackup"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_setup_backup_restore: {
        parameters: {
            query?: never;
            header: {
                /** @description The token that the console shows. */
                "X-Setup-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreBackup"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sites"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_sites_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sites_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_system: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_time_group_rows_who: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimeRowsWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeRows"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_time_groups_who: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeGroups"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_time_groups_who: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimeGroupWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_time_groups_who_name: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
                /** @description The name that it has. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimeGroupWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_time_groups_who_name: {
        parameters: {
            query?: {
                /**
                 * @description The time group that they are by from now on, of the same owner or of one whose groups count there too. Without it one that is
                 *     in use is not removed.
                 */
                to?: string;
            };
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_time_groups_who_name_force: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, `office`, `site:` and a site's name, or a person's number. */
                who: string;
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForceWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_time_of_day_extension: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An extension. */
                extension: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOfDay"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_toll_guard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TollGuard"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_toll_guard: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TollGuardWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_trunks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outside"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_trunks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrunkWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_trunks_id: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag that the change was made from. */
                "If-Match": string;
            };
            path: {
                /** @description The trunk's name. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrunkWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_trunks_id: {
        parameters: {
            query?: never;
            header: {
                /** @description The etag of what was seen. */
                "If-Match": string;
            };
            path: {
                /** @description The trunk's name. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Saved"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_trunks_id_test_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The trunk's name. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestBegun"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_trunks_id_try: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The trunk's name. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_voicemail: {
        parameters: {
            query?: {
                /** @description In this folder; all three unless given. */
                folder?: components["schemas"]["FolderName"];
                /** @description Older than this message: `next` of the page before. */
                before?: number;
                /** @description How many, 1 to 200; 50 unless given. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Messages"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_voicemail_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, in UTF-8. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_voicemail_id_audio: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes. */
                Range?: string | null;
            };
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            /** @description There is no such part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_voicemail_id_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveTo"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_what_if: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatIf"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfPlan"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_wishes_who: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, or a person's number. */
                who: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wishes"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_wishes_who_target: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `me`, or a person's number. */
                who: string;
                /** @description The extension that is waited for. */
                target: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Why it was not done. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
