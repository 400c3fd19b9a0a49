/** Made from the OpenAPI document by `npm run docs`. */

export interface paths {
    "/admin-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List admin keys
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_admin_keys"];
        put?: never;
        /**
         * Create an admin key
         * @description For the roles: owner.
         */
        post: operations["post_admin_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an admin key
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_admin_keys_id"];
        put?: never;
        post?: never;
        /**
         * Delete an admin key
         * @description For the roles: owner.
         */
        delete: operations["delete_admin_keys_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin-keys/{id}/second-factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the second factors of an admin key
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_admin_keys_id_second_factors"];
        put?: never;
        post?: never;
        /**
         * Remove every second factor of an admin key, and end its sessions at the console
         * @description For the roles: owner.
         */
        delete: operations["delete_admin_keys_id_second_factors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an audit event
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_audit_events_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clients
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_clients"];
        put?: never;
        /**
         * Create a client
         * @description For the roles: owner, operator.
         */
        post: operations["post_clients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a client
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_clients_id"];
        put?: never;
        post?: never;
        /**
         * Delete a client
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_clients_id"];
        options?: never;
        head?: never;
        /**
         * Change a client
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_clients_id"];
        trace?: never;
    };
    "/clients/{id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would end with an app
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_clients_id_access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an app would be told of a person: the claims of a sign-in that does not take place
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_clients_id_claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a client a new secret; the one before may count beside it for a while
         * @description For the roles: owner, operator.
         */
        post: operations["post_clients_id_rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clients/{id}/signal-streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The stream of shared signals of an app, and what waits in it
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_clients_id_signal_streams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List event hooks
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_event_hooks"];
        put?: never;
        /**
         * Create an event hook
         * @description For the roles: owner, operator.
         */
        post: operations["post_event_hooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-hooks/{hook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries to an event hook, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_event_hooks_hook_id_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-hooks/{hook_id}/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery, with every try
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_event_hooks_hook_id_deliveries_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-hooks/{hook_id}/deliveries/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery once more
         * @description For the roles: owner, operator.
         */
        post: operations["post_event_hooks_hook_id_deliveries_id_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event-hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an event hook
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_event_hooks_id"];
        put?: never;
        post?: never;
        /**
         * Delete an event hook
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_event_hooks_id"];
        options?: never;
        head?: never;
        /**
         * Change an event hook
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_event_hooks_id"];
        trace?: never;
    };
    "/event-hooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an event hook a new secret; the one before signs beside it for a day
         * @description For the roles: owner, operator.
         */
        post: operations["post_event_hooks_id_rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inline-hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List inline hooks
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_inline_hooks"];
        put?: never;
        /**
         * Create an inline hook
         * @description For the roles: owner, operator.
         */
        post: operations["post_inline_hooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inline-hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an inline hook
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_inline_hooks_id"];
        put?: never;
        post?: never;
        /**
         * Delete an inline hook
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_inline_hooks_id"];
        options?: never;
        head?: never;
        /**
         * Change an inline hook
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_inline_hooks_id"];
        trace?: never;
    };
    "/inline-hooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an inline hook a new secret; the one before signs beside it for a day
         * @description For the roles: owner, operator.
         */
        post: operations["post_inline_hooks_id_rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inline-hooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask an inline hook now, about an invented person or what is sent, and see what it says
         * @description For the roles: owner, operator.
         */
        post: operations["post_inline_hooks_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login-traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sign-ins, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_login_traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login-traces/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in one sign-in, step by step
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_login_traces_reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offboardings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List organizations that are being erased or were, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_offboardings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offboardings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far the erasing of an organization is
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_offboardings_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List organizations
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_organizations"];
        put?: never;
        /**
         * Create an organization
         * @description For the roles: owner, operator.
         */
        post: operations["post_organizations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an organization
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id"];
        put?: never;
        post?: never;
        /**
         * Delete an organization
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_organizations_organization_id"];
        options?: never;
        head?: never;
        /**
         * Change an organization
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What would end with an organization, one of its people or one of its connections
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connections
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_connections"];
        put?: never;
        /**
         * Create a connection
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{connection_id}/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the runs of the pull sync of a connection, newest first
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_connections_connection_id_sync_runs"];
        put?: never;
        /**
         * Read the connection's directory now; `dry_run` says what would happen, `let_pass` lets a run do what its brake held back
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_connection_id_sync_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{connection_id}/sync-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a run of the pull sync
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_connections_connection_id_sync_runs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a connection
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_connections_id"];
        put?: never;
        post?: never;
        /**
         * Delete a connection
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_connections_id"];
        options?: never;
        head?: never;
        /**
         * Change a connection
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_connections_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/approve-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let keys be used that the partner has published and that wait
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_approve_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trust one more certificate of the partner, beside those that are there
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_certificates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/certificates/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop trusting a certificate that was given by hand
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_connections_id_certificates_sha256"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a key of our own side along: issued by an authority, or known to the partner from another broker
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/keys/{kid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a key of our own side that is not in use
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_connections_id_keys_kid"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/keys/{kid}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with this key of our own side from now on
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_keys_kid_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/preview-mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an attribute mapping would make of the recorded sign-ins of a connection, without changing anything
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_preview_mapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection: what can be seen from here, and an address for a whole sign-in in a browser that signs nobody in
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_connections_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/connections/{id}/tests/{test}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a test sign-in: its checks, what the partner sent, and the user that would result
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_connections_id_tests_test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_contacts"];
        put?: never;
        /**
         * Create a contact
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a contact
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_contacts_id"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_contacts_id"];
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_contacts_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List domains
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_domains"];
        put?: never;
        /**
         * Create a domain
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_domains"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a domain
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_domains_domain"];
        put?: never;
        post?: never;
        /**
         * Delete a domain
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_domains_domain"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/domains/{domain}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look up the TXT record that proves a domain
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_domains_domain_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_groups"];
        put?: never;
        /**
         * Create a group
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_groups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a group
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_groups_id"];
        put?: never;
        post?: never;
        /**
         * Delete a group
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_groups_id"];
        options?: never;
        head?: never;
        /**
         * Change a group
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_groups_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an organization still lacks or soon will: domains, connections, certificates, provisioning, contacts
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/offboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export everything of an organization as NDJSON, then erase it
         * @description For the roles: owner, operator.
         */
        post: operations["post_organizations_organization_id_offboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List receipts of ended access, newest first
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/receipts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a receipt: each session and app, and whether the app was told
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_receipts_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/role-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List role mappings
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_role_mappings"];
        put?: never;
        /**
         * Create a role mapping
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_role_mappings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/role-mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a role mapping
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_role_mappings_id"];
        put?: never;
        post?: never;
        /**
         * Delete a role mapping
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_role_mappings_id"];
        options?: never;
        head?: never;
        /**
         * Change a role mapping
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_role_mappings_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/role-mappings/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a role mapping would do to the people of recorded sign-ins, without making it
         * @description For the roles: owner, operator, support, org_admin.
         */
        post: operations["post_organizations_organization_id_role_mappings_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/scim-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests of directories (SCIM), newest first
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_scim_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/scim-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a request of a directory: as it came, as it was understood, what it changed
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_scim_requests_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/scim-requests/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do a request of a directory again, or rehearse it
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_scim_requests_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/scim-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List scim tokens
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_scim_tokens"];
        put?: never;
        /**
         * Create a scim token
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_scim_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/scim-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a scim token
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_scim_tokens_id"];
        put?: never;
        post?: never;
        /**
         * Delete a scim token
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_scim_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/setup-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List setup links
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_setup_links"];
        put?: never;
        /**
         * Create a setup link
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_setup_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/setup-links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a setup link
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_setup_links_id"];
        put?: never;
        post?: never;
        /**
         * Delete a setup link
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_setup_links_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/setup-links/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve what a partner has set up and switch the connection on
         * @description For the roles: owner, operator.
         */
        post: operations["post_organizations_organization_id_setup_links_id_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/setup-links/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a set-up link at once; it stays in the list
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_setup_links_id_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/signal-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List signal sources
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_signal_sources"];
        put?: never;
        /**
         * Create a signal source
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_signal_sources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/signal-sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a signal source
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_signal_sources_id"];
        put?: never;
        post?: never;
        /**
         * Delete a signal source
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_signal_sources_id"];
        options?: never;
        head?: never;
        /**
         * Change a signal source
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_signal_sources_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/user-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files of people that were imported, newest first
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_user_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/user-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far an import is
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_user_imports_id"];
        put?: never;
        post?: never;
        /**
         * Stop an import and forget its file; rows that are done stay done
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_user_imports_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/user-imports/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each row: lines of JSON, or CSV
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_user_imports_id_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users"];
        put?: never;
        /**
         * Create a user
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_id"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_users_id"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description For the roles: owner, operator, org_admin.
         */
        patch: operations["patch_organizations_organization_id_users_id"];
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a user has allowed third-party apps to see
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_user_id_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a consent back
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_users_user_id_consents_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a user with everything that says who they were, also from the record
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_users_user_id_erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of a user
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_user_id_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge a user into another: two accounts of one person become one
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_users_user_id_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the receipts of a person, also of one who is gone
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_user_id_receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of a user
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_user_id_sessions"];
        put?: never;
        post?: never;
        /**
         * End every session of a user
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_users_user_id_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/{user_id}/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a session
         * @description For the roles: owner, operator, support, org_admin.
         */
        get: operations["get_organizations_organization_id_users_user_id_sessions_id"];
        put?: never;
        post?: never;
        /**
         * End a session
         * @description For the roles: owner, operator, org_admin.
         */
        delete: operations["delete_organizations_organization_id_users_user_id_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/users/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create and change many users, row by row
         * @description For the roles: owner, operator, org_admin.
         */
        post: operations["post_organizations_organization_id_users_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/page-texts/{locale}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The stock texts of the sign-in pages in one language
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_page_texts_locale"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List registration tokens
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_registration_tokens"];
        put?: never;
        /**
         * Create a registration token
         * @description For the roles: owner, operator.
         */
        post: operations["post_registration_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a registration token
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_registration_tokens_id"];
        put?: never;
        post?: never;
        /**
         * Delete a registration token
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_registration_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List resources
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_resources"];
        put?: never;
        /**
         * Create a resource
         * @description For the roles: owner, operator.
         */
        post: operations["post_resources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a resource
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_resources_id"];
        put?: never;
        post?: never;
        /**
         * Delete a resource
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_resources_id"];
        options?: never;
        head?: never;
        /**
         * Change a resource
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_resources_id"];
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_roles"];
        put?: never;
        /**
         * Create a role
         * @description For the roles: owner, operator.
         */
        post: operations["post_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a role
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_roles_id"];
        put?: never;
        post?: never;
        /**
         * Delete a role
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_roles_id"];
        options?: never;
        head?: never;
        /**
         * Change a role
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_roles_id"];
        trace?: never;
    };
    "/scim-targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List SCIM targets
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_scim_targets"];
        put?: never;
        /**
         * Create a SCIM target
         * @description For the roles: owner, operator.
         */
        post: operations["post_scim_targets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a SCIM target
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_scim_targets_id"];
        put?: never;
        post?: never;
        /**
         * Delete a SCIM target
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_scim_targets_id"];
        options?: never;
        head?: never;
        /**
         * Change a SCIM target
         * @description For the roles: owner, operator.
         */
        patch: operations["patch_scim_targets_id"];
        trace?: never;
    };
    "/scim-targets/{target_id}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a SCIM target could not be told, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_scim_targets_target_id_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{target_id}/drift-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare what a SCIM target has with what it should have, and mend it where asked for
         * @description For the roles: owner, operator.
         */
        post: operations["post_scim_targets_target_id_drift_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{target_id}/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a SCIM target everybody, or say what would be told
         * @description For the roles: owner, operator.
         */
        post: operations["post_scim_targets_target_id_load"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{target_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a SCIM target once more what was given up: all of it, or the named dead letters
         * @description For the roles: owner, operator.
         */
        post: operations["post_scim_targets_target_id_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{target_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List loads and comparisons of a SCIM target, newest first
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_scim_targets_target_id_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scim-targets/{target_id}/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a load or a comparison: how far it is, and what it found
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_scim_targets_target_id_runs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find organizations, people, apps and sign-ins by the beginning of a name, an id or a reference
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List signing keys
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_signing_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a signing key
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_signing_keys_id"];
        put?: never;
        post?: never;
        /**
         * Publish a retired signing key no more: what it signed is good nowhere from now on
         * @description For the roles: owner, operator.
         */
        delete: operations["delete_signing_keys_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the next keys sign, and publish new next ones
         * @description For the roles: owner, operator.
         */
        post: operations["post_signing_keys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many there are of everything
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign-ins of a stretch of time: by result, why they failed, how long each step took
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_stats_sign_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats/upkeep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What will need a hand: certificates that end, deliveries that wait, directories that are refused
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_stats_upkeep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs here: version, database, health, background tasks and settings
         * @description For the roles: owner, operator, support.
         */
        get: operations["get_system"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What `postern doctor` finds, and how to mend it; with `partners=true` every partner is asked as well
         * @description For the roles: owner, operator.
         */
        get: operations["get_system_checks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole configuration as a tenants file, without its secrets
         * @description For the roles: owner.
         */
        get: operations["get_tenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the configuration what a tenants file says; secrets of new apps are shown this once
         * @description For the roles: owner.
         */
        post: operations["post_tenants_apply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a tenants file would change; changes nothing
         * @description For the roles: owner.
         */
        post: operations["post_tenants_diff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Access: {
            app_count: number;
            apps: {
                client_id: string;
                name: string | null;
                people: number;
            }[];
            people: number;
            sessions: number;
        };
        AdminKey: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
            organization_id: string | null;
            /** @enum {string} */
            role: "owner" | "operator" | "support" | "org_admin";
        };
        AdminKeyList: {
            data: components["schemas"]["AdminKey"][];
            next: string | null;
        };
        ApprovalOfKeys: {
            sha256?: string[];
        };
        AttributeMappingPreview: {
            attribute_mapping?: {
                [key: string]: string | {
                    from?: string | string[];
                    join?: string;
                    match?: string;
                    required?: boolean;
                    split?: string;
                    value?: string;
                };
            } | null;
        };
        AuditEvent: {
            actor: {
                id?: string;
                kind: string;
                name?: string;
            };
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            id: string;
            ip: string | null;
            organization_id: string | null;
            request_id: string | null;
            target: {
                id: string;
                kind: string;
                name?: string;
            } | null;
            type: string;
        };
        AuditEventList: {
            data: components["schemas"]["AuditEvent"][];
            next: string | null;
        };
        ChangesOfClient: {
            allowed_resources?: string[];
            /** @enum {string} */
            application_type?: "web" | "native";
            /** @enum {string} */
            authorization_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            backchannel_logout_session_required?: boolean;
            backchannel_logout_uri?: string;
            branding?: {
                [key: string]: string | null;
            };
            claim_mapping?: {
                groups_limit?: number;
                groups_prefix?: string;
                rename?: {
                    email?: string;
                    email_verified?: string;
                    family_name?: string;
                    given_name?: string;
                    groups?: string;
                    name?: string;
                    org_name?: string;
                    preferred_username?: string;
                    roles?: string;
                    updated_at?: string;
                };
            };
            /** @enum {string} */
            claims_preset?: "auth0" | "keycloak" | "logto";
            client_name?: string;
            client_uri?: string;
            contacts?: string[];
            default_max_age?: number;
            dpop_bound_access_tokens?: boolean;
            enabled?: boolean;
            first_party?: boolean;
            frontchannel_logout_session_required?: boolean;
            frontchannel_logout_uri?: string;
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange")[];
            /** @enum {string} */
            id_token_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            initiate_login_uri?: string;
            /** @enum {string} */
            introspection_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            jwks?: {
                keys: ({
                    kid?: string;
                    /** @enum {string} */
                    kty: "RSA" | "EC" | "OKP";
                } & {
                    [key: string]: unknown;
                })[];
            };
            jwks_uri?: string;
            logo_uri?: string;
            organizations?: "all" | string[];
            own_resources?: string[];
            policy_uri?: string;
            post_logout_redirect_uris?: string[];
            /** @enum {string} */
            profile?: "fapi2";
            redirect_uris?: string[];
            /** @enum {string} */
            request_object_signing_alg?: "RS256" | "PS256" | "ES256" | "EdDSA";
            require_auth_time?: boolean;
            require_pkce?: boolean;
            require_pushed_authorization_requests?: boolean;
            require_signed_request_object?: boolean;
            response_modes?: ("query" | "fragment" | "form_post" | "jwt" | "query.jwt" | "fragment.jwt" | "form_post.jwt")[];
            response_types?: "code"[];
            scope?: string;
            /** @enum {string} */
            subject_type?: "public";
            texts?: {
                [key: string]: unknown;
            };
            tls_client_auth_san_dns?: string;
            tls_client_auth_san_email?: string;
            tls_client_auth_san_ip?: string;
            tls_client_auth_san_uri?: string;
            tls_client_auth_subject_dn?: string;
            tls_client_certificate_bound_access_tokens?: boolean;
            /** @enum {string} */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
            /** @enum {string} */
            token_endpoint_auth_signing_alg?: "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA";
            tos_uri?: string;
            /** @enum {string} */
            userinfo_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
        };
        ChangesOfConnection: {
            attribute_mapping?: {
                [key: string]: unknown;
            } | null;
            enabled?: boolean;
            ldap?: {
                [key: string]: unknown;
            };
            name?: string;
            oidc?: {
                [key: string]: unknown;
            };
            provisioning?: {
                jit?: boolean;
                /** @enum {string} */
                link_by?: "none" | "verified_email";
                update_on_login?: boolean;
            };
            saml?: {
                [key: string]: unknown;
            };
        };
        ChangesOfContact: {
            email?: string;
            /** @enum {string|null} */
            language?: "en" | "de" | "fr" | "es" | "ja" | "ar" | null;
            name?: string | null;
            notices?: "all" | ("certificate" | "own_key" | "scim_silent" | "sync_stopped")[];
        };
        ChangesOfEventHook: {
            description?: string | null;
            enabled?: boolean;
            events?: "all" | string[];
            organizations?: "all" | string[];
            url?: string;
        };
        ChangesOfGroup: {
            display_name?: string;
            external_id?: string | null;
            members?: string[] | null;
        };
        ChangesOfInlineHook: {
            description?: string | null;
            enabled?: boolean;
            /** @enum {string} */
            on_failure?: "fail_open" | "fail_closed";
            organizations?: "all" | string[];
            /** @enum {string} */
            point?: "before_user_created" | "before_token" | "after_login";
            timeout_ms?: number;
            url?: string;
        };
        ChangesOfOrganization: {
            branding?: {
                [key: string]: string | null;
            };
            external_id?: string | null;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            people_policy?: {
                [key: string]: unknown;
            } | null;
            slug?: string;
            /** @enum {string} */
            status?: "active" | "suspended";
        };
        ChangesOfResource: {
            /** @enum {string} */
            access_token_format?: "jwt" | "opaque";
            /** @enum {string} */
            access_token_signing_alg?: "RS256" | "ES256" | "EdDSA";
            access_token_ttl_seconds?: number;
            identifier?: string;
            name?: string;
            scopes?: string[];
        };
        ChangesOfRole: {
            client_id?: string | null;
            delegable?: boolean;
            description?: string | null;
            name?: string;
        };
        ChangesOfRoleMapping: {
            attribute?: {
                name: string;
                value: string;
            } | null;
            client_id?: string | null;
            group?: string | null;
            role?: string;
            when?: string | null;
        };
        ChangesOfSCIMTarget: {
            /** @enum {string} */
            adopt?: "external_id" | "name";
            base_url?: string;
            capabilities?: {
                [key: string]: unknown;
            };
            enabled?: boolean;
            groups?: {
                /** @default {display_name} */
                display_name?: string;
                /** @default [] */
                names?: string[];
                /** @default [] */
                prefixes?: string[];
                /** @default true */
                send?: boolean;
            };
            mapping?: {
                [key: string]: string | {
                    value: string;
                } | null;
            };
            name?: string;
            oauth?: {
                client_id?: string;
                client_secret?: string;
                /** @default null */
                scope?: string | null;
                token_url?: string;
            } | null;
            /** @enum {string} */
            on_delete?: "delete" | "deactivate";
            organizations?: "all" | string[];
            /** @enum {string} */
            people?: "all" | "in_groups" | "with_role";
            /** @enum {string} */
            preset?: "generic" | "aws" | "slack" | "github" | "atlassian";
            /** @enum {string} */
            roles?: "roles" | "entitlements" | "none";
            token?: string | null;
        };
        ChangesOfSignalSource: {
            audience?: string;
        };
        ChangesOfUser: {
            active?: boolean;
            attributes?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            } | null;
            display_name?: string | null;
            email?: string | null;
            external_id?: string | null;
            family_name?: string | null;
            given_name?: string | null;
            roles?: (string | {
                client_id: string;
                role: string;
            })[] | null;
            user_name?: string;
        };
        Client: {
            allowed_resources?: string[];
            /** @enum {string} */
            application_type?: "web" | "native";
            /** @enum {string} */
            authorization_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            backchannel_logout_session_required?: boolean;
            backchannel_logout_uri?: string;
            branding?: {
                accent?: string;
                /** @enum {string} */
                locale?: "en" | "de" | "fr" | "es" | "ja" | "ar";
                logo?: string;
                logo_dark?: string;
                password_reset_url?: string;
                privacy_url?: string;
                support_contact?: string;
                support_url?: string;
                terms_url?: string;
            };
            claim_mapping?: {
                groups_limit?: number;
                groups_prefix?: string;
                rename?: {
                    email?: string;
                    email_verified?: string;
                    family_name?: string;
                    given_name?: string;
                    groups?: string;
                    name?: string;
                    org_name?: string;
                    preferred_username?: string;
                    roles?: string;
                    updated_at?: string;
                };
            };
            /** @enum {string} */
            claims_preset?: "auth0" | "keycloak" | "logto";
            client_id: string;
            client_name?: string;
            client_uri?: string;
            contacts?: string[];
            /** Format: date-time */
            created_at: string;
            default_max_age?: number;
            dpop_bound_access_tokens?: boolean;
            enabled: boolean;
            first_party: boolean;
            frontchannel_logout_session_required?: boolean;
            frontchannel_logout_uri?: string;
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange")[];
            id: string;
            /** @enum {string} */
            id_token_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            initiate_login_uri?: string;
            /** @enum {string} */
            introspection_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            jwks?: {
                keys: ({
                    kid?: string;
                    /** @enum {string} */
                    kty: "RSA" | "EC" | "OKP";
                } & {
                    [key: string]: unknown;
                })[];
            };
            jwks_uri?: string;
            logo_uri?: string;
            organizations: "all" | string[];
            own_resources?: string[];
            policy_uri?: string;
            post_logout_redirect_uris?: string[];
            /** @enum {string} */
            profile?: "fapi2";
            redirect_uris?: string[];
            /** @enum {string} */
            request_object_signing_alg?: "RS256" | "PS256" | "ES256" | "EdDSA";
            require_auth_time?: boolean;
            require_pkce?: boolean;
            require_pushed_authorization_requests?: boolean;
            require_signed_request_object?: boolean;
            response_modes?: ("query" | "fragment" | "form_post" | "jwt" | "query.jwt" | "fragment.jwt" | "form_post.jwt")[];
            response_types?: "code"[];
            scope?: string;
            /** @enum {string} */
            subject_type?: "public";
            texts?: {
                ar?: {
                    [key: string]: string;
                };
                de?: {
                    [key: string]: string;
                };
                en?: {
                    [key: string]: string;
                };
                es?: {
                    [key: string]: string;
                };
                fr?: {
                    [key: string]: string;
                };
                ja?: {
                    [key: string]: string;
                };
            };
            tls_client_auth_san_dns?: string;
            tls_client_auth_san_email?: string;
            tls_client_auth_san_ip?: string;
            tls_client_auth_san_uri?: string;
            tls_client_auth_subject_dn?: string;
            tls_client_certificate_bound_access_tokens?: boolean;
            /** @enum {string} */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
            /** @enum {string} */
            token_endpoint_auth_signing_alg?: "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA";
            tos_uri?: string;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            userinfo_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
        };
        ClientList: {
            data: components["schemas"]["Client"][];
            next: string | null;
        };
        Connection: {
            attribute_mapping: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            id: string;
            ldap?: {
                [key: string]: unknown;
            };
            name: string;
            oidc?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            protocol: "saml" | "oidc" | "ldap";
            provisioning: {
                jit: boolean;
                /** @enum {string} */
                link_by: "none" | "verified_email";
                update_on_login: boolean;
            };
            saml?: {
                [key: string]: unknown;
            };
            service_provider: {
                acs_url?: string;
                backchannel_logout_uri?: string;
                certificates?: {
                    /** Format: date-time */
                    expires_at: string | null;
                    kid: string;
                    pem: string;
                    serial: string;
                    sha256: string;
                    /** @enum {string} */
                    state: "current" | "next" | "retired";
                    subject: string;
                    /** @enum {string} */
                    use: "signing" | "encryption";
                }[];
                entity_id?: string;
                jwks?: {
                    keys: {
                        [key: string]: unknown;
                    }[];
                };
                jwks_uri?: string;
                metadata_url?: string;
                redirect_uri?: string;
                slo_url?: string;
            };
            trust?: {
                certificates: {
                    days_left: number;
                    issuer: string;
                    /** Format: date-time */
                    not_after: string;
                    /** Format: date-time */
                    not_before: string;
                    serial: string;
                    sha256: string;
                    subject: string;
                }[];
                last_error: {
                    /** Format: date-time */
                    at: string;
                    message: string;
                } | null;
                /** Format: date-time */
                read_at: string | null;
                /** Format: date-time */
                refresh_at: string | null;
                /** Format: date-time */
                valid_until: string | null;
                waiting: {
                    added: {
                        days_left: number;
                        issuer: string;
                        /** Format: date-time */
                        not_after: string;
                        /** Format: date-time */
                        not_before: string;
                        serial: string;
                        sha256: string;
                        subject: string;
                    }[];
                    /** Format: date-time */
                    found_at: string;
                    removed: string[];
                } | null;
            };
            /** Format: date-time */
            updated_at: string;
        };
        ConnectionCertificate: {
            days_left: number;
            issuer: string;
            /** Format: date-time */
            not_after: string;
            /** Format: date-time */
            not_before: string;
            serial: string;
            sha256: string;
            subject: string;
        };
        ConnectionKey: {
            /** Format: date-time */
            expires_at: string | null;
            kid: string;
            pem: string;
            serial: string;
            sha256: string;
            /** @enum {string} */
            state: "current" | "next" | "retired";
            subject: string;
            /** @enum {string} */
            use: "signing" | "encryption";
        };
        ConnectionList: {
            data: components["schemas"]["Connection"][];
            next: string | null;
        };
        ConnectionTest: {
            checks: {
                detail: string;
                fix?: string;
                name: string;
                ok: boolean;
            }[];
            /** Format: date-time */
            expires_at: string;
            reference: string;
            test_url: string;
        };
        Consent: {
            client_id: string;
            /** Format: date-time */
            created_at: string;
            id: string;
            scopes: string[];
            /** Format: date-time */
            updated_at: string;
        };
        ConsentList: {
            data: components["schemas"]["Consent"][];
            next: string | null;
        };
        Contact: {
            /** Format: date-time */
            created_at: string;
            email: string;
            id: string;
            language: string | null;
            name: string | null;
            notices: "all" | ("certificate" | "own_key" | "scim_silent" | "sync_stopped")[];
            /** Format: date-time */
            updated_at: string;
        };
        ContactList: {
            data: components["schemas"]["Contact"][];
            next: string | null;
        };
        CreatedAdminKey: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            key: string;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
            organization_id: string | null;
            /** @enum {string} */
            role: "owner" | "operator" | "support" | "org_admin";
        };
        CreatedClient: {
            allowed_resources?: string[];
            /** @enum {string} */
            application_type?: "web" | "native";
            /** @enum {string} */
            authorization_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            backchannel_logout_session_required?: boolean;
            backchannel_logout_uri?: string;
            branding?: {
                accent?: string;
                /** @enum {string} */
                locale?: "en" | "de" | "fr" | "es" | "ja" | "ar";
                logo?: string;
                logo_dark?: string;
                password_reset_url?: string;
                privacy_url?: string;
                support_contact?: string;
                support_url?: string;
                terms_url?: string;
            };
            claim_mapping?: {
                groups_limit?: number;
                groups_prefix?: string;
                rename?: {
                    email?: string;
                    email_verified?: string;
                    family_name?: string;
                    given_name?: string;
                    groups?: string;
                    name?: string;
                    org_name?: string;
                    preferred_username?: string;
                    roles?: string;
                    updated_at?: string;
                };
            };
            /** @enum {string} */
            claims_preset?: "auth0" | "keycloak" | "logto";
            client_id: string;
            client_name?: string;
            client_secret?: string;
            client_uri?: string;
            contacts?: string[];
            /** Format: date-time */
            created_at: string;
            default_max_age?: number;
            dpop_bound_access_tokens?: boolean;
            enabled: boolean;
            first_party: boolean;
            frontchannel_logout_session_required?: boolean;
            frontchannel_logout_uri?: string;
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange")[];
            id: string;
            /** @enum {string} */
            id_token_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            initiate_login_uri?: string;
            /** @enum {string} */
            introspection_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            jwks?: {
                keys: ({
                    kid?: string;
                    /** @enum {string} */
                    kty: "RSA" | "EC" | "OKP";
                } & {
                    [key: string]: unknown;
                })[];
            };
            jwks_uri?: string;
            logo_uri?: string;
            organizations: "all" | string[];
            own_resources?: string[];
            policy_uri?: string;
            post_logout_redirect_uris?: string[];
            /** @enum {string} */
            profile?: "fapi2";
            redirect_uris?: string[];
            /** @enum {string} */
            request_object_signing_alg?: "RS256" | "PS256" | "ES256" | "EdDSA";
            require_auth_time?: boolean;
            require_pkce?: boolean;
            require_pushed_authorization_requests?: boolean;
            require_signed_request_object?: boolean;
            response_modes?: ("query" | "fragment" | "form_post" | "jwt" | "query.jwt" | "fragment.jwt" | "form_post.jwt")[];
            response_types?: "code"[];
            scope?: string;
            /** @enum {string} */
            subject_type?: "public";
            texts?: {
                ar?: {
                    [key: string]: string;
                };
                de?: {
                    [key: string]: string;
                };
                en?: {
                    [key: string]: string;
                };
                es?: {
                    [key: string]: string;
                };
                fr?: {
                    [key: string]: string;
                };
                ja?: {
                    [key: string]: string;
                };
            };
            tls_client_auth_san_dns?: string;
            tls_client_auth_san_email?: string;
            tls_client_auth_san_ip?: string;
            tls_client_auth_san_uri?: string;
            tls_client_auth_subject_dn?: string;
            tls_client_certificate_bound_access_tokens?: boolean;
            /** @enum {string} */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
            /** @enum {string} */
            token_endpoint_auth_signing_alg?: "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA";
            tos_uri?: string;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            userinfo_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
        };
        CreatedEventHook: {
            /** Format: date-time */
            created_at: string;
            description: string | null;
            disabled_reason: string | null;
            enabled: boolean;
            events: "all" | string[];
            id: string;
            organizations: "all" | string[];
            secret: string;
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        CreatedInlineHook: {
            /** Format: date-time */
            created_at: string;
            description: string | null;
            enabled: boolean;
            id: string;
            /** @enum {string} */
            on_failure: "fail_open" | "fail_closed";
            organizations: "all" | string[];
            /** @enum {string} */
            point: "before_user_created" | "before_token" | "after_login";
            secret: string;
            timeout_ms: number;
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        CreatedRegistrationToken: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            name: string;
            organization_id: string | null;
            token: string;
            uses_left: number | null;
        };
        CreatedScimToken: {
            base_url: string;
            connection_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @enum {string|null} */
            detected_dialect: "auto" | "strict" | "entra" | "okta" | "onelogin" | "jumpcloud" | "ping" | null;
            /** @enum {string} */
            dialect: "auto" | "strict" | "entra" | "okta" | "onelogin" | "jumpcloud" | "ping";
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            ip_ranges: string[] | null;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
            token: string;
        };
        CreatedSetupLink: {
            /** @enum {string} */
            approval: "none" | "requested" | "approved";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            name: string;
            /** Format: date-time */
            opened_at: string | null;
            progress: {
                connection_id: string | null;
                done: ("domain" | "provider" | "vendor" | "connection" | "mapping" | "test" | "scim" | "review")[];
                guide: string | null;
            };
            /** Format: date-time */
            progressed_at: string | null;
            requires_approval: boolean;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            status: "created" | "opened" | "progressed" | "finished" | "revoked" | "expired";
            steps: ("domain" | "connection" | "scim")[];
            url: string;
        };
        CreatedSignalSource: {
            audience: string;
            configuration_url: string | null;
            connection_id: string;
            /** Format: date-time */
            created_at: string;
            events_url: string;
            id: string;
            issuer: string;
            jwks_uri: string;
            /** Format: date-time */
            last_received_at: string | null;
            token: string;
            /** Format: date-time */
            updated_at: string;
        };
        Delivery: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            delivered_at: string | null;
            event_id: string;
            id: string;
            last_error: string | null;
            /** Format: date-time */
            next_try_at: string | null;
            organization_id: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "dead" | "resent";
            tries: {
                answer?: string;
                /** Format: date-time */
                at: string;
                error?: string;
                ms: number;
            }[];
            type: string;
        };
        DeliveryList: {
            data: components["schemas"]["Delivery"][];
            next: string | null;
        };
        Domain: {
            /** Format: date-time */
            created_at: string;
            domain: string;
            id: string;
            /** Format: date-time */
            last_checked_at: string | null;
            last_error: string | null;
            /** @enum {string} */
            status: "pending" | "verified";
            txt_record: {
                name: string;
                value: string;
            };
            /** Format: date-time */
            verified_at: string | null;
        };
        DomainList: {
            data: components["schemas"]["Domain"][];
            next: string | null;
        };
        Erasure: {
            /** Format: date-time */
            erased_at: string;
            events: number;
            traces: number;
            user_id: string;
        };
        EventHook: {
            /** Format: date-time */
            created_at: string;
            description: string | null;
            disabled_reason: string | null;
            enabled: boolean;
            events: "all" | string[];
            id: string;
            organizations: "all" | string[];
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        EventHookList: {
            data: components["schemas"]["EventHook"][];
            next: string | null;
        };
        Found: {
            clients: {
                id: string;
                name: string | null;
            }[];
            login_traces: {
                organization_id: string | null;
                outcome: string;
                reference: string;
            }[];
            organizations: {
                id: string;
                name: string;
                slug: string;
            }[];
            users: {
                display_name: string | null;
                email: string | null;
                id: string;
                organization_id: string;
                user_name: string;
            }[];
        };
        Group: {
            /** Format: date-time */
            created_at: string;
            display_name: string;
            external_id: string | null;
            id: string;
            members: string[];
            /** @enum {string} */
            source: "login" | "scim" | "api" | "sync";
            /** Format: date-time */
            updated_at: string;
        };
        GroupList: {
            data: components["schemas"]["Group"][];
            next: string | null;
        };
        ImportReport: {
            created: number;
            dry_run: boolean;
            failed: number;
            rows: {
                id?: string;
                problems?: {
                    message: string;
                    path: string;
                }[];
                row: number;
                /** @enum {string} */
                status: "created" | "updated" | "unchanged" | "failed";
                user_name?: string;
            }[];
            unchanged: number;
            updated: number;
        };
        InlineHook: {
            /** Format: date-time */
            created_at: string;
            description: string | null;
            enabled: boolean;
            id: string;
            /** @enum {string} */
            on_failure: "fail_open" | "fail_closed";
            organizations: "all" | string[];
            /** @enum {string} */
            point: "before_user_created" | "before_token" | "after_login";
            timeout_ms: number;
            /** Format: date-time */
            updated_at: string;
            url: string;
        };
        InlineHookList: {
            data: components["schemas"]["InlineHook"][];
            next: string | null;
        };
        InlineHookQuestion: {
            data?: {
                [key: string]: unknown;
            };
        };
        InlineHookTest: {
            answer: {
                /** @enum {string} */
                action: "continue" | "deny" | "wait";
                claims: {
                    [key: string]: unknown;
                };
                max_age: number;
                message: string | null;
                person: {
                    [key: string]: string;
                };
            } | null;
            asked: {
                data: {
                    [key: string]: unknown;
                };
                type: string;
            };
            body: string | null;
            ok: boolean;
            problem: string | null;
            status: number | null;
            took_ms: number;
        };
        LoginTrace: {
            client_id: string | null;
            code: string | null;
            connection_id: string | null;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            finished_at: string | null;
            organization_id: string | null;
            /** @enum {string} */
            outcome: "pending" | "succeeded" | "refused" | "failed";
            personal?: unknown;
            /** @enum {string} */
            purpose: "login" | "test";
            reference: string;
            /** Format: date-time */
            started_at: string;
            steps: {
                /** Format: date-time */
                at: string;
                detail: string;
                fix?: string;
                name: string;
                ok: boolean;
            }[];
            user_id: string | null;
        };
        LoginTraceSummary: {
            client_id: string | null;
            code: string | null;
            connection_id: string | null;
            /** Format: date-time */
            finished_at: string | null;
            organization_id: string | null;
            /** @enum {string} */
            outcome: "pending" | "succeeded" | "refused" | "failed";
            /** @enum {string} */
            purpose: "login" | "test";
            reference: string;
            /** Format: date-time */
            started_at: string;
            user_id: string | null;
        };
        LoginTraceSummaryList: {
            data: components["schemas"]["LoginTraceSummary"][];
            next: string | null;
        };
        NewAdminKey: {
            /** Format: date-time */
            expires_at?: string | null;
            name: string;
            organization_id?: string | null;
            /** @enum {string} */
            role: "owner" | "operator" | "support" | "org_admin";
        };
        NewClient: {
            allowed_resources?: string[];
            /** @enum {string} */
            application_type?: "web" | "native";
            /** @enum {string} */
            authorization_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            backchannel_logout_session_required?: boolean;
            backchannel_logout_uri?: string;
            branding?: {
                accent?: string;
                /** @enum {string} */
                locale?: "en" | "de" | "fr" | "es" | "ja" | "ar";
                logo?: string;
                logo_dark?: string;
                password_reset_url?: string;
                privacy_url?: string;
                support_contact?: string;
                support_url?: string;
                terms_url?: string;
            };
            claim_mapping?: {
                groups_limit?: number;
                groups_prefix?: string;
                rename?: {
                    email?: string;
                    email_verified?: string;
                    family_name?: string;
                    given_name?: string;
                    groups?: string;
                    name?: string;
                    org_name?: string;
                    preferred_username?: string;
                    roles?: string;
                    updated_at?: string;
                };
            };
            /** @enum {string} */
            claims_preset?: "auth0" | "keycloak" | "logto";
            client_id?: string;
            client_name?: string;
            client_uri?: string;
            contacts?: string[];
            default_max_age?: number;
            dpop_bound_access_tokens?: boolean;
            /** @default true */
            enabled?: boolean;
            /** @default true */
            first_party?: boolean;
            frontchannel_logout_session_required?: boolean;
            frontchannel_logout_uri?: string;
            /**
             * @default [
             *       "authorization_code"
             *     ]
             */
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange")[];
            /** @enum {string} */
            id_token_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            initiate_login_uri?: string;
            /** @enum {string} */
            introspection_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            jwks?: {
                keys: ({
                    kid?: string;
                    /** @enum {string} */
                    kty: "RSA" | "EC" | "OKP";
                } & {
                    [key: string]: unknown;
                })[];
            };
            jwks_uri?: string;
            logo_uri?: string;
            /** @default all */
            organizations?: "all" | string[];
            own_resources?: string[];
            policy_uri?: string;
            post_logout_redirect_uris?: string[];
            /** @enum {string} */
            profile?: "fapi2";
            /** @default [] */
            redirect_uris?: string[];
            /** @enum {string} */
            request_object_signing_alg?: "RS256" | "PS256" | "ES256" | "EdDSA";
            require_auth_time?: boolean;
            require_pkce?: boolean;
            require_pushed_authorization_requests?: boolean;
            require_signed_request_object?: boolean;
            response_modes?: ("query" | "fragment" | "form_post" | "jwt" | "query.jwt" | "fragment.jwt" | "form_post.jwt")[];
            response_types?: "code"[];
            scope?: string;
            /** @enum {string} */
            subject_type?: "public";
            texts?: {
                ar?: {
                    [key: string]: string;
                };
                de?: {
                    [key: string]: string;
                };
                en?: {
                    [key: string]: string;
                };
                es?: {
                    [key: string]: string;
                };
                fr?: {
                    [key: string]: string;
                };
                ja?: {
                    [key: string]: string;
                };
            };
            tls_client_auth_san_dns?: string;
            tls_client_auth_san_email?: string;
            tls_client_auth_san_ip?: string;
            tls_client_auth_san_uri?: string;
            tls_client_auth_subject_dn?: string;
            tls_client_certificate_bound_access_tokens?: boolean;
            /**
             * @default client_secret_basic
             * @enum {string}
             */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
            /** @enum {string} */
            token_endpoint_auth_signing_alg?: "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA";
            tos_uri?: string;
            /** @enum {string} */
            userinfo_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
        };
        NewConnection: {
            /** @default null */
            attribute_mapping?: {
                [key: string]: string | {
                    from?: string | string[];
                    join?: string;
                    match?: string;
                    required?: boolean;
                    split?: string;
                    value?: string;
                };
            } | null;
            /** @default true */
            enabled?: boolean;
            ldap?: {
                [key: string]: unknown;
            };
            name: string;
            oidc?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            protocol: "saml" | "oidc" | "ldap";
            /** @default {} */
            provisioning?: {
                jit?: boolean;
                /** @enum {string} */
                link_by?: "none" | "verified_email";
                update_on_login?: boolean;
            };
            saml?: {
                [key: string]: unknown;
            };
        };
        NewConnectionCertificate: {
            pem: string;
        };
        NewConnectionKey: {
            certificate_pem: string;
            private_key_pem: string;
            /**
             * @default next
             * @enum {string}
             */
            state?: "next" | "current";
            /** @enum {string} */
            use: "signing" | "encryption";
        };
        NewContact: {
            email: string;
            /**
             * @default null
             * @enum {string|null}
             */
            language?: "en" | "de" | "fr" | "es" | "ja" | "ar" | null;
            /** @default null */
            name?: string | null;
            /** @default all */
            notices?: "all" | ("certificate" | "own_key" | "scim_silent" | "sync_stopped")[];
        };
        NewDomain: {
            domain: string;
            /** @default false */
            verified?: boolean;
        };
        NewEventHook: {
            /** @default null */
            description?: string | null;
            /** @default true */
            enabled?: boolean;
            /** @default all */
            events?: "all" | string[];
            /** @default all */
            organizations?: "all" | string[];
            url: string;
        };
        NewGroup: {
            display_name: string;
            external_id?: string | null;
            members?: string[];
        };
        NewInlineHook: {
            /** @default null */
            description?: string | null;
            /** @default true */
            enabled?: boolean;
            /**
             * @default fail_closed
             * @enum {string}
             */
            on_failure?: "fail_open" | "fail_closed";
            /** @default all */
            organizations?: "all" | string[];
            /** @enum {string} */
            point: "before_user_created" | "before_token" | "after_login";
            /** @default 2000 */
            timeout_ms?: number;
            url: string;
        };
        NewOrganization: {
            /** @default {} */
            branding?: {
                accent?: string;
                /** @enum {string} */
                locale?: "en" | "de" | "fr" | "es" | "ja" | "ar";
                logo?: string;
                logo_dark?: string;
                password_reset_url?: string;
                privacy_url?: string;
                support_contact?: string;
                support_url?: string;
                terms_url?: string;
            };
            /** @default null */
            external_id?: string | null;
            /** @default {} */
            metadata?: {
                [key: string]: unknown;
            };
            name: string;
            /** @default {} */
            people_policy?: {
                admin_override?: boolean;
                allowed_groups?: string[];
                attribute_owners?: {
                    attributes?: {
                        [key: string]: ("scim" | "sync" | "sign_in" | "import" | "admin")[];
                    };
                    default?: ("scim" | "sync" | "sign_in" | "import" | "admin")[];
                };
                erase_inactive_days?: number;
                match_by?: ("external_id" | "subject" | "verified_email")[];
                /** @enum {string} */
                on_conflict?: "adopt" | "refuse" | "ask";
            };
            slug: string;
            /**
             * @default active
             * @enum {string}
             */
            status?: "active" | "suspended";
        };
        NewRegistrationToken: {
            /**
             * Format: date-time
             * @default null
             */
            expires_at?: string | null;
            name: string;
            /** @default null */
            organization_id?: string | null;
            /** @default null */
            uses?: number | null;
        };
        NewResource: {
            /**
             * @default jwt
             * @enum {string}
             */
            access_token_format?: "jwt" | "opaque";
            /**
             * @default RS256
             * @enum {string}
             */
            access_token_signing_alg?: "RS256" | "ES256" | "EdDSA";
            /** @default 300 */
            access_token_ttl_seconds?: number;
            identifier: string;
            name: string;
            /** @default [] */
            scopes?: string[];
        };
        NewRole: {
            /** @default null */
            client_id?: string | null;
            /** @default true */
            delegable?: boolean;
            /** @default null */
            description?: string | null;
            name: string;
        };
        NewRoleMapping: {
            /** @default null */
            attribute?: {
                name: string;
                value: string;
            } | null;
            /** @default null */
            client_id?: string | null;
            /** @default null */
            group?: string | null;
            role: string;
            /** @default null */
            when?: string | null;
        };
        NewSCIMTarget: {
            /**
             * @default external_id
             * @enum {string}
             */
            adopt?: "external_id" | "name";
            base_url: string;
            /** @default {} */
            capabilities?: {
                bulk?: boolean;
                delete_users?: boolean;
                external_id_filter?: boolean;
                filter?: boolean;
                groups?: boolean;
                lists_members?: boolean;
                max_member_changes?: number;
                /** @enum {string} */
                member_removal?: "path" | "value";
                page_size?: number;
                patch?: boolean;
                requests_per_second?: number | null;
            };
            client_id: string;
            /** @default true */
            enabled?: boolean;
            /**
             * @default {
             *       "send": true,
             *       "prefixes": [],
             *       "names": [],
             *       "display_name": "{display_name}"
             *     }
             */
            groups?: {
                /** @default {display_name} */
                display_name?: string;
                /** @default [] */
                names?: string[];
                /** @default [] */
                prefixes?: string[];
                /** @default true */
                send?: boolean;
            };
            /**
             * @default {
             *       "userName": "user_name",
             *       "displayName": "name",
             *       "name.givenName": "given_name",
             *       "name.familyName": "family_name",
             *       "emails[type eq \"work\"].value": "email"
             *     }
             */
            mapping?: {
                [key: string]: string | {
                    value: string;
                };
            };
            name?: string;
            /** @default null */
            oauth?: {
                client_id: string;
                client_secret: string;
                /** @default null */
                scope?: string | null;
                token_url: string;
            } | null;
            /**
             * @default delete
             * @enum {string}
             */
            on_delete?: "delete" | "deactivate";
            /** @default all */
            organizations?: "all" | string[];
            /**
             * @default all
             * @enum {string}
             */
            people?: "all" | "in_groups" | "with_role";
            /**
             * @default generic
             * @enum {string}
             */
            preset?: "generic" | "aws" | "slack" | "github" | "atlassian";
            /** @enum {string} */
            roles?: "roles" | "entitlements" | "none";
            /** @default null */
            token?: string | null;
        };
        NewScimToken: {
            connection_id?: string | null;
            /** @enum {string} */
            dialect?: "auto" | "strict" | "entra" | "okta" | "onelogin" | "jumpcloud" | "ping";
            /** Format: date-time */
            expires_at?: string | null;
            ip_ranges?: string[] | null;
            name?: string;
        };
        NewSetupLink: {
            /** @default 604800 */
            expires_in?: number | string;
            /** @default Set-up link */
            name?: string;
            /** @default false */
            requires_approval?: boolean;
            /**
             * @default [
             *       "domain",
             *       "connection",
             *       "scim"
             *     ]
             */
            steps?: ("domain" | "connection" | "scim")[];
        };
        NewSignalSource: {
            /** @default null */
            audience?: string | null;
            /** @default null */
            configuration_url?: string | null;
            connection_id: string;
            issuer: string;
            /** @default null */
            jwks_uri?: string | null;
        };
        NewSyncRun: {
            /** @default false */
            dry_run?: boolean;
            /** @default false */
            let_pass?: boolean;
        };
        NewUser: {
            active?: boolean;
            attributes?: {
                [key: string]: string | number | boolean | (string | number | boolean)[];
            };
            display_name?: string | null;
            email?: string | null;
            external_id?: string | null;
            family_name?: string | null;
            given_name?: string | null;
            roles?: (string | {
                client_id: string;
                role: string;
            })[];
            user_name: string;
        };
        Offboarding: {
            /** @default false */
            background?: boolean;
            confirm: string;
            /** @default false */
            dry_run?: boolean;
        };
        OffboardingRun: {
            /** Format: date-time */
            created_at: string;
            events_emptied: number | null;
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            name: string;
            organization_id: string;
            slug: string;
            /** @enum {string} */
            status: "erasing" | "done";
            users_erased: number;
            users_total: number;
        };
        OffboardingRunList: {
            data: components["schemas"]["OffboardingRun"][];
            next: string | null;
        };
        Organization: {
            branding: {
                [key: string]: string;
            };
            /** Format: date-time */
            created_at: string;
            external_id: string | null;
            id: string;
            metadata: {
                [key: string]: unknown;
            };
            name: string;
            people_policy: {
                admin_override?: boolean;
                allowed_groups?: string[];
                attribute_owners?: {
                    attributes?: {
                        [key: string]: ("scim" | "sync" | "sign_in" | "import" | "admin")[];
                    };
                    default?: ("scim" | "sync" | "sign_in" | "import" | "admin")[];
                };
                erase_inactive_days?: number;
                match_by?: ("external_id" | "subject" | "verified_email")[];
                /** @enum {string} */
                on_conflict?: "adopt" | "refuse" | "ask";
            };
            slug: string;
            /** @enum {string} */
            status: "active" | "suspended";
            /** Format: date-time */
            updated_at: string;
        };
        OrganizationHealth: {
            items: {
                about: {
                    id: string;
                    /** @enum {string} */
                    kind: "domain" | "connection" | "scim_token";
                    name: string;
                } | null;
                detail: string;
                fix: string | null;
                /** @enum {string} */
                level: "good" | "warning" | "wrong";
                /** @enum {string} */
                name: "organization" | "domain" | "connection" | "tested" | "metadata" | "certificate" | "own_certificate" | "last_sign_in" | "scim" | "contacts";
                ok: boolean;
            }[];
            /** @enum {string} */
            level: "good" | "warning" | "wrong";
            /** Format: date-time */
            looked_at: string;
        };
        OrganizationList: {
            data: components["schemas"]["Organization"][];
            next: string | null;
        };
        PageTexts: {
            /** @enum {string} */
            locale: "en" | "de" | "fr" | "es" | "ja" | "ar";
            texts: {
                [key: string]: string;
            };
        };
        PreviewedAttributeMapping: {
            sign_ins: {
                /** Format: date-time */
                at: string;
                ignored: string[];
                missing: string[];
                ok: boolean;
                person: {
                    [key: string]: unknown;
                } | null;
                /** @enum {string} */
                purpose: "login" | "test";
                reference: string;
                sent: {
                    [key: string]: string[];
                };
            }[];
        };
        PreviewedClaims: {
            id_token: {
                [key: string]: unknown;
            };
            userinfo: {
                [key: string]: unknown;
            };
        };
        Problem: {
            code: string;
            errors?: {
                message: string;
                path: string;
            }[];
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        Receipt: {
            accounts: {
                /** Format: date-time */
                at: string;
                client_id: string;
                error: string | null;
                /** @enum {string} */
                outcome: "sent" | "confirmed" | "given_up";
                target_id: string;
                tries: number;
                user_id: string;
            }[];
            actor: {
                id?: string;
                kind: string;
                name?: string;
            };
            apps: {
                /** Format: date-time */
                at: string;
                client_id: string;
                error: string | null;
                /** @enum {string} */
                outcome: "wants_none" | "pending" | "told" | "given_up";
                session_id: string;
                tokens: number;
                tries: number;
                user_id: string;
            }[];
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            id: string;
            organization_id: string;
            reason: string;
            sessions: {
                /** Format: date-time */
                ended_at: string;
                id: string;
                user_id: string;
            }[];
            signals: {
                /** Format: date-time */
                at: string;
                client_id: string;
                error: string | null;
                /** @enum {string} */
                outcome: "pending" | "told" | "given_up";
                session_id: string;
                tries: number;
                user_id: string;
            }[];
            /** Format: date-time */
            signed_tokens_end_by: string;
            user_id: string | null;
        };
        ReceiptList: {
            data: components["schemas"]["Receipt"][];
            next: string | null;
        };
        RegistrationToken: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            name: string;
            organization_id: string | null;
            uses_left: number | null;
        };
        RegistrationTokenList: {
            data: components["schemas"]["RegistrationToken"][];
            next: string | null;
        };
        Resource: {
            /** @enum {string} */
            access_token_format: "jwt" | "opaque";
            /** @enum {string} */
            access_token_signing_alg: "RS256" | "ES256" | "EdDSA";
            access_token_ttl_seconds: number;
            /** Format: date-time */
            created_at: string;
            id: string;
            identifier: string;
            name: string;
            scopes: string[];
            /** Format: date-time */
            updated_at: string;
        };
        ResourceList: {
            data: components["schemas"]["Resource"][];
            next: string | null;
        };
        Role: {
            client_id: string | null;
            /** Format: date-time */
            created_at: string;
            delegable: boolean;
            description: string | null;
            id: string;
            name: string;
            /** Format: date-time */
            updated_at: string;
        };
        RoleList: {
            data: components["schemas"]["Role"][];
            next: string | null;
        };
        RoleMapping: {
            attribute: {
                name: string;
                value: string;
            } | null;
            client_id: string | null;
            /** Format: date-time */
            created_at: string;
            group: string | null;
            id: string;
            role: string;
            /** Format: date-time */
            updated_at: string;
            when: string | null;
        };
        RoleMappingList: {
            data: components["schemas"]["RoleMapping"][];
            next: string | null;
        };
        RoleMappingPreview: {
            looked_at: number;
            matching: number;
            new: number;
            people: {
                already: boolean;
                reference: string;
                user_id: string;
                user_name: string;
            }[];
        };
        RotateClientSecret: {
            /** @default 0 */
            overlap_seconds?: number;
        };
        RotatedClient: {
            allowed_resources?: string[];
            /** @enum {string} */
            application_type?: "web" | "native";
            /** @enum {string} */
            authorization_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            backchannel_logout_session_required?: boolean;
            backchannel_logout_uri?: string;
            branding?: {
                accent?: string;
                /** @enum {string} */
                locale?: "en" | "de" | "fr" | "es" | "ja" | "ar";
                logo?: string;
                logo_dark?: string;
                password_reset_url?: string;
                privacy_url?: string;
                support_contact?: string;
                support_url?: string;
                terms_url?: string;
            };
            claim_mapping?: {
                groups_limit?: number;
                groups_prefix?: string;
                rename?: {
                    email?: string;
                    email_verified?: string;
                    family_name?: string;
                    given_name?: string;
                    groups?: string;
                    name?: string;
                    org_name?: string;
                    preferred_username?: string;
                    roles?: string;
                    updated_at?: string;
                };
            };
            /** @enum {string} */
            claims_preset?: "auth0" | "keycloak" | "logto";
            client_id: string;
            client_name?: string;
            client_secret: string;
            client_uri?: string;
            contacts?: string[];
            /** Format: date-time */
            created_at: string;
            default_max_age?: number;
            dpop_bound_access_tokens?: boolean;
            enabled: boolean;
            first_party: boolean;
            frontchannel_logout_session_required?: boolean;
            frontchannel_logout_uri?: string;
            grant_types?: ("authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange")[];
            id: string;
            /** @enum {string} */
            id_token_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            initiate_login_uri?: string;
            /** @enum {string} */
            introspection_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
            jwks?: {
                keys: ({
                    kid?: string;
                    /** @enum {string} */
                    kty: "RSA" | "EC" | "OKP";
                } & {
                    [key: string]: unknown;
                })[];
            };
            jwks_uri?: string;
            logo_uri?: string;
            organizations: "all" | string[];
            own_resources?: string[];
            policy_uri?: string;
            post_logout_redirect_uris?: string[];
            /** Format: date-time */
            previous_secret_expires_at: string | null;
            /** @enum {string} */
            profile?: "fapi2";
            redirect_uris?: string[];
            /** @enum {string} */
            request_object_signing_alg?: "RS256" | "PS256" | "ES256" | "EdDSA";
            require_auth_time?: boolean;
            require_pkce?: boolean;
            require_pushed_authorization_requests?: boolean;
            require_signed_request_object?: boolean;
            response_modes?: ("query" | "fragment" | "form_post" | "jwt" | "query.jwt" | "fragment.jwt" | "form_post.jwt")[];
            response_types?: "code"[];
            scope?: string;
            /** @enum {string} */
            subject_type?: "public";
            texts?: {
                ar?: {
                    [key: string]: string;
                };
                de?: {
                    [key: string]: string;
                };
                en?: {
                    [key: string]: string;
                };
                es?: {
                    [key: string]: string;
                };
                fr?: {
                    [key: string]: string;
                };
                ja?: {
                    [key: string]: string;
                };
            };
            tls_client_auth_san_dns?: string;
            tls_client_auth_san_email?: string;
            tls_client_auth_san_ip?: string;
            tls_client_auth_san_uri?: string;
            tls_client_auth_subject_dn?: string;
            tls_client_certificate_bound_access_tokens?: boolean;
            /** @enum {string} */
            token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
            /** @enum {string} */
            token_endpoint_auth_signing_alg?: "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA";
            tos_uri?: string;
            /** Format: date-time */
            updated_at: string;
            /** @enum {string} */
            userinfo_signed_response_alg?: "RS256" | "ES256" | "EdDSA";
        };
        SCIMDeadLetter: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            given_up_at: string;
            id: string;
            /** @enum {string} */
            kind: "user" | "group";
            organization_id: string;
            reason: string;
            resource_id: string;
            tries: {
                answer?: string;
                /** Format: date-time */
                at: string;
                error?: string;
                ms: number;
            }[];
        };
        SCIMDeadLetterList: {
            data: components["schemas"]["SCIMDeadLetter"][];
            next: string | null;
        };
        SCIMDriftCheck: {
            /** @default false */
            dry_run?: boolean;
            /** @default null */
            organization_id?: string | null;
            /** @default false */
            repair?: boolean;
        };
        SCIMLoad: {
            /** @default false */
            dry_run?: boolean;
            /** @default null */
            organization_id?: string | null;
        };
        ScimReplay: {
            body?: unknown;
            dry_run: boolean;
            effects: {
                after?: {
                    [key: string]: unknown;
                };
                before?: {
                    [key: string]: unknown;
                };
                resource: {
                    id: string;
                    kind: string;
                };
                too_long?: boolean;
                type: string;
            }[];
            status: number;
        };
        ScimReplayOptions: {
            dry_run?: boolean;
        };
        ScimRequest: {
            /** Format: date-time */
            at: string;
            body?: unknown;
            body_truncated: boolean;
            changes: number;
            detail: string | null;
            dialect: string | null;
            duration_ms: number;
            effects: {
                after?: {
                    [key: string]: unknown;
                };
                before?: {
                    [key: string]: unknown;
                };
                resource: {
                    id: string;
                    kind: string;
                };
                too_long?: boolean;
                type: string;
            }[] | null;
            erased: boolean;
            error_code: string | null;
            headers: {
                [key: string]: string;
            } | null;
            id: string;
            ip: string | null;
            left_out: number;
            method: string;
            path: string;
            query: string | null;
            replay_of: string | null;
            replayable: boolean;
            request_id: string | null;
            resource_ids: string[];
            status: number;
            token: {
                id: string;
                name: string;
            } | null;
            understood: {
                count?: number;
                filter?: string;
                op: string;
                path?: string;
                sort?: string;
                start?: number | string;
                too_long?: boolean;
                value?: unknown;
            }[] | null;
        };
        ScimRequestSummary: {
            /** Format: date-time */
            at: string;
            changes: number;
            dialect: string | null;
            duration_ms: number;
            error_code: string | null;
            id: string;
            method: string;
            path: string;
            replay_of: string | null;
            resource_ids: string[];
            status: number;
            token: {
                id: string;
                name: string;
            } | null;
        };
        ScimRequestSummaryList: {
            data: components["schemas"]["ScimRequestSummary"][];
            next: string | null;
        };
        SCIMResend: {
            ids?: string[];
        };
        SCIMResent: {
            resent: number;
        };
        SCIMRun: {
            actor: {
                id?: string;
                kind: string;
                name?: string;
            };
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            created_at: string;
            done: number;
            dry_run: boolean;
            error: string | null;
            findings: {
                attributes?: string[];
                id: string;
                /** @enum {string} */
                kind: "user" | "group";
                what: string;
            }[];
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            /** @enum {string} */
            kind: "load" | "drift_check";
            organization_id: string | null;
            repair: boolean;
            /** @enum {string} */
            status: "running" | "done" | "failed";
            target_id: string;
            total: number;
        };
        SCIMRunList: {
            data: components["schemas"]["SCIMRun"][];
            next: string | null;
        };
        SCIMTarget: {
            /** @enum {string} */
            adopt: "external_id" | "name";
            base_url: string;
            capabilities: {
                bulk?: boolean;
                delete_users?: boolean;
                external_id_filter?: boolean;
                filter?: boolean;
                groups?: boolean;
                lists_members?: boolean;
                max_member_changes?: number;
                /** @enum {string} */
                member_removal?: "path" | "value";
                page_size?: number;
                patch?: boolean;
                requests_per_second?: number | null;
            };
            client_id: string;
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            /** Format: date-time */
            failing_since: string | null;
            groups: {
                display_name: string;
                names: string[];
                prefixes: string[];
                send: boolean;
            };
            id: string;
            last_error: string | null;
            /** Format: date-time */
            last_success_at: string | null;
            mapping: {
                [key: string]: string | {
                    value: string;
                };
            };
            name: string;
            oauth: {
                client_id: string;
                client_secret: string;
                scope: string | null;
                token_url: string;
            } | null;
            /** @enum {string} */
            on_delete: "delete" | "deactivate";
            organizations: "all" | string[];
            /** Format: date-time */
            paused_until: string | null;
            /** @enum {string} */
            people: "all" | "in_groups" | "with_role";
            /** @enum {string} */
            preset: "generic" | "aws" | "slack" | "github" | "atlassian";
            profile: {
                bulk: boolean;
                delete_users: boolean;
                external_id_filter: boolean;
                filter: boolean;
                groups: boolean;
                lists_members: boolean;
                max_member_changes: number;
                /** @enum {string} */
                member_removal: "path" | "value";
                page_size: number;
                patch: boolean;
                requests_per_second: number | null;
            };
            /** @enum {string} */
            roles: "roles" | "entitlements" | "none";
            /** Format: date-time */
            secret_entered_at: string;
            /** @enum {string} */
            state: "off" | "ok" | "paused" | "failing";
            token: string | null;
            /** Format: date-time */
            updated_at: string;
        };
        SCIMTargetList: {
            data: components["schemas"]["SCIMTarget"][];
            next: string | null;
        };
        ScimToken: {
            base_url: string;
            connection_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @enum {string|null} */
            detected_dialect: "auto" | "strict" | "entra" | "okta" | "onelogin" | "jumpcloud" | "ping" | null;
            /** @enum {string} */
            dialect: "auto" | "strict" | "entra" | "okta" | "onelogin" | "jumpcloud" | "ping";
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            ip_ranges: string[] | null;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
        };
        ScimTokenList: {
            data: components["schemas"]["ScimToken"][];
            next: string | null;
        };
        SecondFactors: {
            data: {
                /** Format: date-time */
                created_at: string;
                id: string;
                /** @enum {string} */
                kind: "totp" | "passkey";
                /** Format: date-time */
                last_used_at: string | null;
                name: string;
            }[];
            recovery_codes_left: number;
        };
        Session: {
            acr: string | null;
            amr: string[];
            apps: {
                client_id: string;
                /** Format: date-time */
                since: string;
            }[];
            /** Format: date-time */
            auth_time: string;
            connection_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            ip: string | null;
            user_agent: string | null;
        };
        SessionList: {
            data: components["schemas"]["Session"][];
            next: string | null;
        };
        SetupLink: {
            /** @enum {string} */
            approval: "none" | "requested" | "approved";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            name: string;
            /** Format: date-time */
            opened_at: string | null;
            progress: {
                connection_id: string | null;
                done: ("domain" | "provider" | "vendor" | "connection" | "mapping" | "test" | "scim" | "review")[];
                guide: string | null;
            };
            /** Format: date-time */
            progressed_at: string | null;
            requires_approval: boolean;
            /** Format: date-time */
            revoked_at: string | null;
            /** @enum {string} */
            status: "created" | "opened" | "progressed" | "finished" | "revoked" | "expired";
            steps: ("domain" | "connection" | "scim")[];
        };
        SetupLinkList: {
            data: components["schemas"]["SetupLink"][];
            next: string | null;
        };
        SignalSource: {
            audience: string;
            configuration_url: string | null;
            connection_id: string;
            /** Format: date-time */
            created_at: string;
            events_url: string;
            id: string;
            issuer: string;
            jwks_uri: string;
            /** Format: date-time */
            last_received_at: string | null;
            /** Format: date-time */
            updated_at: string;
        };
        SignalSourceList: {
            data: components["schemas"]["SignalSource"][];
            next: string | null;
        };
        SignalStream: {
            /** Format: date-time */
            created_at: string;
            description: string | null;
            endpoint_url: string | null;
            given_up: number;
            id: string;
            /** @enum {string} */
            method: "push" | "poll";
            /** @enum {string} */
            status: "enabled" | "paused" | "disabled";
            status_reason: string | null;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            verified_at: string | null;
            waiting: number;
        };
        SignalStreamList: {
            data: components["schemas"]["SignalStream"][];
            next: string | null;
        };
        SignInFigures: {
            bucket_seconds: number;
            buckets: {
                /** Format: date-time */
                at: string;
                failed: number;
                refused: number;
                succeeded: number;
            }[];
            failures: {
                by_organization: {
                    count: number;
                    name: string | null;
                    organization_id: string | null;
                }[];
                by_reason: {
                    code: string;
                    count: number;
                }[];
            };
            sampled: number;
            /** Format: date-time */
            since: string;
            steps: {
                count: number;
                name: string;
                p50_ms: number;
                p95_ms: number;
            }[];
            /** Format: date-time */
            until: string;
        };
        SigningKey: {
            alg: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            current_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
            id: string;
            kid: string;
            /** Format: date-time */
            retired_at: string | null;
            /** @enum {string} */
            state: "next" | "current" | "retired";
        };
        SigningKeyList: {
            data: components["schemas"]["SigningKey"][];
            next: string | null;
        };
        Stats: {
            clients: number;
            connections: {
                ldap: number;
                oidc: number;
                saml: number;
            };
            domains: {
                pending: number;
                verified: number;
            };
            organizations: {
                active: number;
                suspended: number;
            };
            sessions: number;
            sign_ins: {
                failed: number;
                pending: number;
                refused: number;
                succeeded: number;
            };
            users: {
                active: number;
                inactive: number;
            };
        };
        SyncRun: {
            brake: {
                losing: number;
                of: number;
                percent: number;
            } | null;
            connection_id: string;
            created: number;
            deactivated: number;
            dry_run: boolean;
            error: string | null;
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            problems: {
                problem: string;
                subject: string;
            }[];
            seen: number;
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            status: "running" | "finished" | "failed" | "stopped";
            unchanged: number;
            updated: number;
            whole: boolean;
        };
        SyncRunList: {
            data: components["schemas"]["SyncRun"][];
            next: string | null;
        };
        System: {
            checks: {
                name: string;
                ok: boolean;
            }[];
            database: {
                /** @enum {string} */
                kind: "sqlite" | "postgres";
                migrated: boolean;
            };
            issuer: string;
            node: string;
            operators_organization: string | null;
            settings: {
                environment: string;
                name: string;
                secret: boolean;
                summary: string;
                value: string | null;
            }[];
            /** Format: date-time */
            started_at: string;
            tasks: {
                error: string | null;
                failures: number;
                interval_ms: number;
                /** Format: date-time */
                last_at: string | null;
                last_ms: number | null;
                name: string;
                running: boolean;
            }[];
            version: string;
        };
        SystemChecks: {
            /** Format: date-time */
            checked_at: string;
            findings: {
                detail: string;
                fix: string | null;
                /** @enum {string} */
                level: "ok" | "warning" | "problem";
                name: string;
            }[];
            partners: boolean;
            problems: number;
            warnings: number;
        };
        TenantsChanges: {
            changes: {
                /** @enum {string} */
                action: "create" | "update" | "remove";
                differences: {
                    after?: unknown;
                    before?: unknown;
                    path: string;
                }[];
                kind: string;
                name: string;
                shown_once: {
                    [key: string]: string;
                };
            }[];
            dry_run: boolean;
            not_in_file: {
                kind: string;
                name: string;
            }[];
        };
        TenantsFile: {
            clients?: {
                [key: string]: unknown;
            }[];
            organizations?: {
                [key: string]: unknown;
            }[];
            resources?: {
                [key: string]: unknown;
            }[];
            roles?: {
                [key: string]: unknown;
            }[];
            scim_targets?: {
                [key: string]: unknown;
            }[];
        };
        UpkeepFigures: {
            certificates: {
                connection_id: string;
                connection_name: string;
                days_left: number;
                /** Format: date-time */
                ends_at: string;
                organization_id: string;
                organization_name: string | null;
            }[];
            event_hooks: {
                disabled_by_postern: number;
                enabled: number;
            };
            outbox: {
                given_up: number;
                kind: string;
                /** Format: date-time */
                oldest_at: string | null;
                waiting: number;
            }[];
            scim: {
                failed: number;
                organizations: {
                    failed: number;
                    organization_id: string;
                    organization_name: string | null;
                    refused: number;
                }[];
                refused: number;
                requests: number;
            };
            scim_targets: {
                enabled: number;
                failing: number;
                given_up: number;
            };
            syncs: {
                failed: number;
                finished: number;
                running: number;
                stopped: number;
                wrong: {
                    /** Format: date-time */
                    at: string;
                    connection_id: string;
                    connection_name: string;
                    organization_id: string;
                    organization_name: string | null;
                    /** @enum {string} */
                    status: "failed" | "stopped";
                }[];
            };
        };
        User: {
            active: boolean;
            attributes: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            display_name: string | null;
            email: string | null;
            email_verified: boolean;
            external_id: string | null;
            family_name: string | null;
            former_ids: string[];
            given_name: string | null;
            groups: {
                display_name: string;
                id: string;
            }[];
            id: string;
            identities: {
                connection_id: string;
                /** Format: date-time */
                last_login_at: string | null;
                subject: string;
            }[];
            in_allowed_group: boolean;
            /** Format: date-time */
            last_login_at: string | null;
            roles: (string | {
                client_id: string;
                role: string;
            })[];
            /** @enum {string} */
            source: "jit" | "scim" | "api" | "import" | "sync";
            /** Format: date-time */
            updated_at: string;
            user_name: string;
            written_by: {
                [key: string]: string;
            };
        };
        UserExport: {
            audit_events: {
                [key: string]: unknown;
            }[];
            consents: {
                [key: string]: unknown;
            }[];
            /** Format: date-time */
            exported_at: string;
            login_traces: {
                [key: string]: unknown;
            }[];
            scim: {
                [key: string]: unknown;
            };
            sessions: {
                acr: string | null;
                amr: string[];
                apps: {
                    client_id: string;
                    /** Format: date-time */
                    since: string;
                }[];
                /** Format: date-time */
                auth_time: string;
                connection_id: string;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                expires_at: string;
                id: string;
                ip: string | null;
                user_agent: string | null;
            }[];
            user: {
                active: boolean;
                attributes: {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                created_at: string;
                display_name: string | null;
                email: string | null;
                email_verified: boolean;
                external_id: string | null;
                family_name: string | null;
                former_ids: string[];
                given_name: string | null;
                groups: {
                    display_name: string;
                    id: string;
                }[];
                id: string;
                identities: {
                    connection_id: string;
                    /** Format: date-time */
                    last_login_at: string | null;
                    subject: string;
                }[];
                in_allowed_group: boolean;
                /** Format: date-time */
                last_login_at: string | null;
                roles: (string | {
                    client_id: string;
                    role: string;
                })[];
                /** @enum {string} */
                source: "jit" | "scim" | "api" | "import" | "sync";
                /** Format: date-time */
                updated_at: string;
                user_name: string;
                written_by: {
                    [key: string]: string;
                };
            };
        };
        UserImport: {
            created: number;
            /** Format: date-time */
            created_at: string;
            done: number;
            dry_run: boolean;
            /** Format: date-time */
            finished_at: string | null;
            /** @enum {string} */
            format: "csv" | "ndjson" | "scim";
            id: string;
            refused: number;
            /** @enum {string} */
            status: "receiving" | "waiting" | "running" | "done" | "failed";
            total: number;
            unchanged: number;
            updated: number;
        };
        UserImportBody: {
            dry_run?: boolean;
            users: {
                active?: boolean;
                attributes?: {
                    [key: string]: string | number | boolean | (string | number | boolean)[];
                };
                display_name?: string | null;
                email?: string | null;
                external_id?: string | null;
                family_name?: string | null;
                given_name?: string | null;
                groups?: string[];
                identities?: {
                    connection_id: string;
                    subject: string;
                }[];
                roles?: (string | {
                    client_id: string;
                    role: string;
                })[];
                user_name?: string;
            }[];
        };
        UserImportList: {
            data: components["schemas"]["UserImport"][];
            next: string | null;
        };
        UserList: {
            data: components["schemas"]["User"][];
            next: string | null;
        };
        UserMerge: {
            into: string;
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
    get_admin_keys: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKeyList"];
                };
            };
        };
    };
    post_admin_keys: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAdminKey"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAdminKey"];
                };
            };
        };
    };
    get_admin_keys_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKey"];
                };
            };
        };
    };
    delete_admin_keys_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_admin_keys_id_second_factors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactors"];
                };
            };
        };
    };
    delete_admin_keys_id_second_factors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_audit_events: {
        parameters: {
            query?: {
                actor?: string;
                after?: string;
                format?: "json" | "ndjson" | "ocsf" | "ecs" | "cef";
                limit?: number;
                organization_id?: string;
                since?: string;
                target?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventList"];
                };
            };
        };
    };
    get_audit_events_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvent"];
                };
            };
        };
    };
    get_clients: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientList"];
                };
            };
        };
    };
    post_clients: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClient"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedClient"];
                };
            };
        };
    };
    get_clients_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
        };
    };
    delete_clients_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_clients_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfClient"];
                "application/merge-patch+json": components["schemas"]["ChangesOfClient"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
        };
    };
    get_clients_id_access: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Access"];
                };
            };
        };
    };
    get_clients_id_claims: {
        parameters: {
            query?: {
                organization_id?: string;
                scope?: string;
                user_id?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewedClaims"];
                };
            };
        };
    };
    post_clients_id_rotate_secret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateClientSecret"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedClient"];
                };
            };
        };
    };
    get_clients_id_signal_streams: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalStreamList"];
                };
            };
        };
    };
    get_event_hooks: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventHookList"];
                };
            };
        };
    };
    post_event_hooks: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEventHook"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedEventHook"];
                };
            };
        };
    };
    get_event_hooks_hook_id_deliveries: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                status?: "pending" | "delivered" | "dead" | "resent";
            };
            header?: never;
            path: {
                hook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
        };
    };
    get_event_hooks_hook_id_deliveries_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    post_event_hooks_hook_id_deliveries_id_resend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                hook_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    get_event_hooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventHook"];
                };
            };
        };
    };
    delete_event_hooks_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_event_hooks_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfEventHook"];
                "application/merge-patch+json": components["schemas"]["ChangesOfEventHook"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventHook"];
                };
            };
        };
    };
    post_event_hooks_id_rotate_secret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedEventHook"];
                };
            };
        };
    };
    get_inline_hooks: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                point?: "before_user_created" | "before_token" | "after_login";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InlineHookList"];
                };
            };
        };
    };
    post_inline_hooks: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInlineHook"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInlineHook"];
                };
            };
        };
    };
    get_inline_hooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InlineHook"];
                };
            };
        };
    };
    delete_inline_hooks_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_inline_hooks_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfInlineHook"];
                "application/merge-patch+json": components["schemas"]["ChangesOfInlineHook"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InlineHook"];
                };
            };
        };
    };
    post_inline_hooks_id_rotate_secret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedInlineHook"];
                };
            };
        };
    };
    post_inline_hooks_id_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InlineHookQuestion"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InlineHookTest"];
                };
            };
        };
    };
    get_login_traces: {
        parameters: {
            query?: {
                after?: string;
                client_id?: string;
                code?: string;
                connection_id?: string;
                limit?: number;
                organization_id?: string;
                outcome?: "pending" | "succeeded" | "refused" | "failed";
                since?: string;
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginTraceSummaryList"];
                };
            };
        };
    };
    get_login_traces_reference: {
        parameters: {
            query?: {
                redacted?: "true";
            };
            header?: never;
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginTrace"];
                };
            };
        };
    };
    get_offboardings: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffboardingRunList"];
                };
            };
        };
    };
    get_offboardings_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffboardingRun"];
                };
            };
        };
    };
    get_organizations: {
        parameters: {
            query?: {
                after?: string;
                external_id?: string;
                limit?: number;
                slug?: string;
                status?: "active" | "suspended";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationList"];
                };
            };
        };
    };
    post_organizations: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganization"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    get_organizations_organization_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    delete_organizations_organization_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfOrganization"];
                "application/merge-patch+json": components["schemas"]["ChangesOfOrganization"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
        };
    };
    get_organizations_organization_id_access: {
        parameters: {
            query?: {
                connection_id?: string;
                user_id?: string;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Access"];
                };
            };
        };
    };
    get_organizations_organization_id_connections: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                name?: string;
                protocol?: "saml" | "oidc" | "ldap";
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionList"];
                };
            };
        };
    };
    post_organizations_organization_id_connections: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    get_organizations_organization_id_connections_connection_id_sync_runs: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                connection_id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRunList"];
                };
            };
        };
    };
    post_organizations_organization_id_connections_connection_id_sync_runs: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection_id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSyncRun"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
        };
    };
    get_organizations_organization_id_connections_connection_id_sync_runs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncRun"];
                };
            };
        };
    };
    get_organizations_organization_id_connections_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    delete_organizations_organization_id_connections_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_connections_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfConnection"];
                "application/merge-patch+json": components["schemas"]["ChangesOfConnection"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    post_organizations_organization_id_connections_id_approve_keys: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalOfKeys"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    post_organizations_organization_id_connections_id_certificates: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnectionCertificate"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCertificate"];
                };
            };
        };
    };
    delete_organizations_organization_id_connections_id_certificates_sha256: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_connections_id_keys: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnectionKey"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionKey"];
                };
            };
        };
    };
    delete_organizations_organization_id_connections_id_keys_kid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                kid: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_connections_id_keys_kid_activate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                kid: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionKey"];
                };
            };
        };
    };
    post_organizations_organization_id_connections_id_preview_mapping: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttributeMappingPreview"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewedAttributeMapping"];
                };
            };
        };
    };
    post_organizations_organization_id_connections_id_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
        };
    };
    get_organizations_organization_id_connections_id_tests_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
                test: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginTrace"];
                };
            };
        };
    };
    get_organizations_organization_id_contacts: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    post_organizations_organization_id_contacts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    get_organizations_organization_id_contacts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    delete_organizations_organization_id_contacts_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_contacts_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfContact"];
                "application/merge-patch+json": components["schemas"]["ChangesOfContact"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    get_organizations_organization_id_domains: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                status?: "pending" | "verified";
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainList"];
                };
            };
        };
    };
    post_organizations_organization_id_domains: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDomain"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
        };
    };
    get_organizations_organization_id_domains_domain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                domain: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
        };
    };
    delete_organizations_organization_id_domains_domain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                domain: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_domains_domain_verify: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                domain: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
        };
    };
    get_organizations_organization_id_groups: {
        parameters: {
            query?: {
                after?: string;
                filter?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
        };
    };
    post_organizations_organization_id_groups: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    get_organizations_organization_id_groups_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    delete_organizations_organization_id_groups_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_groups_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfGroup"];
                "application/merge-patch+json": components["schemas"]["ChangesOfGroup"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    get_organizations_organization_id_health: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationHealth"];
                };
            };
        };
    };
    post_organizations_organization_id_offboard: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Offboarding"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson; charset=utf-8": string;
                };
            };
            /** @description Taken: the work goes on behind. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffboardingRun"];
                };
            };
        };
    };
    get_organizations_organization_id_receipts: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptList"];
                };
            };
        };
    };
    get_organizations_organization_id_receipts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
        };
    };
    get_organizations_organization_id_role_mappings: {
        parameters: {
            query?: {
                after?: string;
                client_id?: string;
                limit?: number;
                role?: string;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleMappingList"];
                };
            };
        };
    };
    post_organizations_organization_id_role_mappings: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoleMapping"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleMapping"];
                };
            };
        };
    };
    get_organizations_organization_id_role_mappings_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleMapping"];
                };
            };
        };
    };
    delete_organizations_organization_id_role_mappings_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_role_mappings_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfRoleMapping"];
                "application/merge-patch+json": components["schemas"]["ChangesOfRoleMapping"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleMapping"];
                };
            };
        };
    };
    post_organizations_organization_id_role_mappings_preview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRoleMapping"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleMappingPreview"];
                };
            };
        };
    };
    get_organizations_organization_id_scim_requests: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                resource?: string;
                since?: string;
                status?: "2xx" | "4xx" | "5xx";
                token?: string;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimRequestSummaryList"];
                };
            };
        };
    };
    get_organizations_organization_id_scim_requests_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimRequest"];
                };
            };
        };
    };
    post_organizations_organization_id_scim_requests_id_replay: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScimReplayOptions"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimReplay"];
                };
            };
        };
    };
    get_organizations_organization_id_scim_tokens: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimTokenList"];
                };
            };
        };
    };
    post_organizations_organization_id_scim_tokens: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScimToken"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedScimToken"];
                };
            };
        };
    };
    get_organizations_organization_id_scim_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimToken"];
                };
            };
        };
    };
    delete_organizations_organization_id_scim_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_organizations_organization_id_setup_links: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupLinkList"];
                };
            };
        };
    };
    post_organizations_organization_id_setup_links: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSetupLink"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSetupLink"];
                };
            };
        };
    };
    get_organizations_organization_id_setup_links_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupLink"];
                };
            };
        };
    };
    delete_organizations_organization_id_setup_links_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_setup_links_id_approve: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupLink"];
                };
            };
        };
    };
    post_organizations_organization_id_setup_links_id_revoke: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupLink"];
                };
            };
        };
    };
    get_organizations_organization_id_signal_sources: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalSourceList"];
                };
            };
        };
    };
    post_organizations_organization_id_signal_sources: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignalSource"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSignalSource"];
                };
            };
        };
    };
    get_organizations_organization_id_signal_sources_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalSource"];
                };
            };
        };
    };
    delete_organizations_organization_id_signal_sources_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_signal_sources_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfSignalSource"];
                "application/merge-patch+json": components["schemas"]["ChangesOfSignalSource"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignalSource"];
                };
            };
        };
    };
    get_organizations_organization_id_user_imports: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImportList"];
                };
            };
        };
    };
    get_organizations_organization_id_user_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
        };
    };
    delete_organizations_organization_id_user_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_organizations_organization_id_user_imports_id_report: {
        parameters: {
            query?: {
                format?: "ndjson" | "csv";
                outcome?: "created" | "updated" | "unchanged" | "refused";
            };
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
        };
    };
    get_organizations_organization_id_users: {
        parameters: {
            query?: {
                after?: string;
                filter?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
        };
    };
    post_organizations_organization_id_users: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    get_organizations_organization_id_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    delete_organizations_organization_id_users_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_organizations_organization_id_users_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfUser"];
                "application/merge-patch+json": components["schemas"]["ChangesOfUser"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    get_organizations_organization_id_users_user_id_consents: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentList"];
                };
            };
        };
    };
    delete_organizations_organization_id_users_user_id_consents_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_users_user_id_erase: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
        };
    };
    get_organizations_organization_id_users_user_id_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserExport"];
                };
            };
        };
    };
    post_organizations_organization_id_users_user_id_merge: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserMerge"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    get_organizations_organization_id_users_user_id_receipts: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptList"];
                };
            };
        };
    };
    get_organizations_organization_id_users_user_id_sessions: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    delete_organizations_organization_id_users_user_id_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_organizations_organization_id_users_user_id_sessions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    delete_organizations_organization_id_users_user_id_sessions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                organization_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_organizations_organization_id_users_import: {
        parameters: {
            query?: {
                delimiter?: "," | ";" | "tab";
                dry_run?: "true" | "false";
                mapping?: string;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organization_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserImportBody"];
                "application/jsonl": string;
                "application/scim+json": string;
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Taken: the work goes on behind. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
        };
    };
    get_page_texts_locale: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                locale: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTexts"];
                };
            };
        };
    };
    get_registration_tokens: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationTokenList"];
                };
            };
        };
    };
    post_registration_tokens: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRegistrationToken"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedRegistrationToken"];
                };
            };
        };
    };
    get_registration_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationToken"];
                };
            };
        };
    };
    delete_registration_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_resources: {
        parameters: {
            query?: {
                after?: string;
                identifier?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
        };
    };
    post_resources: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewResource"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    get_resources_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    delete_resources_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_resources_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfResource"];
                "application/merge-patch+json": components["schemas"]["ChangesOfResource"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: {
                after?: string;
                client_id?: string;
                limit?: number;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
        };
    };
    post_roles: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    get_roles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    delete_roles_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_roles_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfRole"];
                "application/merge-patch+json": components["schemas"]["ChangesOfRole"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    get_scim_targets: {
        parameters: {
            query?: {
                after?: string;
                client_id?: string;
                limit?: number;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMTargetList"];
                };
            };
        };
    };
    post_scim_targets: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSCIMTarget"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMTarget"];
                };
            };
        };
    };
    get_scim_targets_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMTarget"];
                };
            };
        };
    };
    delete_scim_targets_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patch_scim_targets_id: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangesOfSCIMTarget"];
                "application/merge-patch+json": components["schemas"]["ChangesOfSCIMTarget"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMTarget"];
                };
            };
        };
    };
    get_scim_targets_target_id_dead_letters: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMDeadLetterList"];
                };
            };
        };
    };
    post_scim_targets_target_id_drift_check: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SCIMDriftCheck"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMRun"];
                };
            };
        };
    };
    post_scim_targets_target_id_load: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SCIMLoad"];
            };
        };
        responses: {
            /** @description As asked. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMRun"];
                };
            };
        };
    };
    post_scim_targets_target_id_resend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SCIMResend"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMResent"];
                };
            };
        };
    };
    get_scim_targets_target_id_runs: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMRunList"];
                };
            };
        };
    };
    get_scim_targets_target_id_runs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SCIMRun"];
                };
            };
        };
    };
    get_search: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
        };
    };
    get_signing_keys: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
        };
    };
    get_signing_keys_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
        };
    };
    delete_signing_keys_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_signing_keys_rotate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
        };
    };
    get_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
        };
    };
    get_stats_sign_ins: {
        parameters: {
            query?: {
                bucket?: "minute" | "five_minutes" | "hour" | "day";
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInFigures"];
                };
            };
        };
    };
    get_stats_upkeep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpkeepFigures"];
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
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
        };
    };
    get_system_checks: {
        parameters: {
            query?: {
                partners?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemChecks"];
                };
            };
        };
    };
    get_tenants: {
        parameters: {
            query?: {
                format?: "json" | "yaml";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantsFile"];
                };
            };
        };
    };
    post_tenants_apply: {
        parameters: {
            query?: {
                prune?: "true" | "false";
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantsFile"];
                "application/x-yaml": string;
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantsChanges"];
                };
            };
        };
    };
    post_tenants_diff: {
        parameters: {
            query?: {
                prune?: "true" | "false";
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantsFile"];
                "application/x-yaml": string;
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantsChanges"];
                };
            };
        };
    };
}
