// Made from the API's OpenAPI document by `npm run docs`.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            live: true;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description Postgres is needed. Temporal is told and not needed: without it, reads work and new batches wait.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers for Prometheus */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All companies, by id */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["Company"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One company */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
            };
        };
        /**
         * Make a company, or rename it
         * @description Currency and time zone can’t change once records exist.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 1 to 64 letters, digits, points, underscores and hyphens. */
                    company: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description ISO 4217. */
                        currency: string;
                        /** @description As it is shown. */
                        name: string;
                        /** @description IANA name; decides what day it is there. */
                        timeZone: string;
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The batches of a company, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    state?: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
                    target?: string;
                };
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["Batch"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One batch; with `after` and `wait`, as soon as it has changed */
        get: {
            parameters: {
                query?: {
                    /** @description The version you know */
                    after?: number;
                    /** @description Seconds to wait at most for a newer one */
                    wait?: number;
                };
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Batch"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the batch go on; not by who started it */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                            /** @description If it takes effect later: why */
                            note?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop after the chunk in flight; what was posted stays posted */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                            /** @description If it takes effect later: why */
                            note?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** State that the files were loaded into the books */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                            /** @description If it takes effect later: why */
                            note?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the batch before anything is sent; not by who started it */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                            /** @description If it takes effect later: why */
                            note?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file that a batch hands out */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a batch (Server-Sent Events)
         * @description An event `batch` for every version that is seen, with the batch as data and the version as id; ends at an end state. Versions that follow fast may be passed over. 204 if Last-Event-ID is the last there will be.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    "last-event-id"?: number;
                };
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a batch */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            rows: components["schemas"]["BatchFile"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/files/{ordinal}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file of a batch */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                    ordinal: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The documents of a batch, in the order in which they are sent */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    state?: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
                };
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["BatchItem"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/items/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One document of a batch, with what the target answered and each attempt to send it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                    seq: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchItemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the documents of a batch that stand in the books moved its accounts
         * @description By account and class, net of what stood there before: an update counts with what it changed. What stood before an update and was only marked as being there is not known, and counts as nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchLedger"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A batch’s totals by kind, account, class, department, tax and deposit account, ours beside the books’
         * @description Ours is what the batch put into the books, each document as it should stand. The books’ side is what the newest verification read there, and null where they told nothing. Once the batch has ended.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchReport"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a workbook, with every document
         * @description The same batch and verification give the same bytes. Refused while a verification runs.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The workbook */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a held batch go on */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                            /** @description If it takes effect later: why */
                            note?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the rejected, refused and blocked records again, as they are now, in a new batch */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an undo takes back or took back, newest document first */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: number;
                    limit?: number;
                };
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Take a batch back
         * @description Answers the first page of what it takes back, and of what a person has to take out of the books where the target can’t be asked to.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undo"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest verification of a batch, with what it found */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    /** @description `same`: as it was posted; `changed` there since; `gone` from there */
                    status?: "same" | "changed" | "gone";
                };
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            /** @description Documents that were looked at so far. What a newer batch has updated is looked at with that one */
                            counts: {
                                changed: number;
                                gone: number;
                                same: number;
                            };
                            endedAt: string | null;
                            findings: {
                                /** @description Give it as `after` for the next page; absent on the last */
                                next?: string;
                                readonly rows: components["schemas"]["Finding"][];
                            };
                            links: {
                                temporal?: string;
                            };
                            reason: {
                                code: string;
                                message: string;
                            } | null;
                            /** @description Rises with each verification of the batch; the newest is kept */
                            run: number;
                            /** Format: date-time */
                            startedAt: string;
                            startedBy: string;
                            /**
                             * @description `failed`: not all could be looked at, and `reason` says why
                             * @enum {string}
                             */
                            state: "running" | "done" | "failed";
                            /** @description Why nothing happens yet, in a sentence */
                            waiting?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/batches/{batch}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look whether each document of a batch is still in the books, and as it was posted
         * @description Reads only. Follow it with GET …/verification; what a former verification found is dropped. A target that can’t be asked answers 409 `readback-by-hand` with what a person does instead.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: string;
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Verification"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The departments that the records know, by name */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: {
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was changed, voided or deleted in the books since it was posted
         * @description Newest first. A balance that changed is no drift, and what we wrote ourselves is none. Nothing is ever overwritten by itself: a person decides.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    batch?: string;
                    limit?: number;
                    /** @description What was decided. `resolved` by `ledgerpost`: it was put right in the books, or nothing of ours stands there any more */
                    state?: "open" | "kept-theirs" | "sent-again" | "resolved";
                    target?: string;
                };
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            /** @description All that is open */
                            open: number;
                            readonly rows: components["schemas"]["Drift"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/drift/{drift}/keep-theirs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep what a person made of the document in the books
         * @description Nothing is sent. Later updates of ours start from what is there, and no undo takes it away. What is gone stays gone: the record counts as posted, and is not offered again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    drift: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drift"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/drift/{drift}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark as resolved
         * @description Only closes it: what we know of the document stays as it was. It is found again if it is changed again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    drift: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drift"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/drift/{drift}/send-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer our content again, for the next batch
         * @description Nothing is sent by this: the record is among the unbatched again, as an update over what a person changed or as an insert of what is gone, and goes with the next batch that somebody starts. A further change in the books meanwhile makes that a `conflict`. Where it can’t be had soundly (a changed payment, credit memo or journal entry), the refusal says what to do instead.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    drift: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drift"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when; newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    subject?: string;
                };
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["JournalEntry"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the company */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: components["schemas"]["ApiKey"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Make a key of the company */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Who or what uses it; the journal shows it */
                        name: string;
                        /** @description What the key may do; admin covers all */
                        roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedKey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key; it is refused from then on */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a stream of records (NDJSON), of any size
         * @description One JSON object a line, any order. Lines that can’t be taken are told with their number, the others are taken. If the stream breaks, what came whole is kept; send it again, and what is there counts as unchanged.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-ndjson": components["schemas"]["SourceRecordInput"];
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Intake"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/records/{type}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record, and how it stands at each target */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    id: string;
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            changedAt: string;
                            record: {
                                [key: string]: unknown;
                            };
                            revision: number;
                            /** @description How it stands at each enabled target: what is posted, what is open */
                            standings: {
                                [key: string]: unknown;
                            }[];
                        };
                    };
                };
            };
        };
        /**
         * Put one record
         * @description The same content again changes nothing. `type` and `id` may be left out of the body; if they are there, they are those of the address.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    id: string;
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SourceRecordInput"];
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "taken" | "unchanged";
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schedules of a company, by target */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: components["schemas"]["Schedule"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The targets that the company may batch to */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: components["schemas"]["CompanyTarget"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings at a target */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyTarget"];
                    };
                };
            };
        };
        /**
         * Put the settings at a target; the first time enables it
         * @description The body is the whole of the settings, in the form that GET /v1/targets/{target} shows. `{}` takes every default. At a target whose books are read through a connection two things are the connection’s: a body without `accounts` leaves the default accounts as they are, one with `accounts` replaces all of them; and `classes.mode` follows the books, so leave it out, or send it as the books have it.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyTarget"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyTarget"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a batch
         * @description The batch stands as soon as this answers, also while Temporal is down: it then waits, and `waiting` says so. The same Idempotency-Key again answers the same batch.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "idempotency-key"?: string;
                };
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Warnings that somebody has seen
                         * @default []
                         */
                        acknowledge?: "payments-without-invoices"[];
                        /** @description Of the preview: if records have changed since, the start is refused with what changed */
                        digest?: string;
                        /** @description 1 to 100 characters; absent: the proposed one */
                        name?: string;
                        /**
                         * @description Absent: as the settings say
                         * @enum {string}
                         */
                        onProblem?: "skip" | "stop";
                        /** @description Absent: everything that can be sent */
                        selection?: {
                            invoices?: {
                                /** @enum {string} */
                                choose: "all";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "none";
                            } | {
                                /** @enum {string} */
                                choose: "ids";
                                ids: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "filter";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                                filter: {
                                    /** @description Only of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description In number, reference and customer name; case does not matter. */
                                    search?: string;
                                    /**
                                     * Format: date
                                     * @description The last day, inclusive.
                                     */
                                    to?: string;
                                };
                            };
                            payments?: {
                                /** @enum {string} */
                                choose: "all";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "none";
                            } | {
                                /** @enum {string} */
                                choose: "ids";
                                ids: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "filter";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                                filter: {
                                    /** @description Only of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description In number, reference and customer name; case does not matter. */
                                    search?: string;
                                    /**
                                     * Format: date
                                     * @description The last day, inclusive.
                                     */
                                    to?: string;
                                };
                            };
                        };
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            batch: components["schemas"]["Batch"];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/batches:preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a batch would send; writes nothing */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description No choice at all means everything; a choice in one list alone means nothing of the other. */
                        selection?: {
                            invoices?: {
                                /** @enum {string} */
                                choose: "all";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "none";
                            } | {
                                /** @enum {string} */
                                choose: "ids";
                                ids: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "filter";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "invoice" | "creditMemo";
                                }[];
                                filter: {
                                    /** @description Only of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description In number, reference and customer name; case does not matter. */
                                    search?: string;
                                    /**
                                     * Format: date
                                     * @description The last day, inclusive.
                                     */
                                    to?: string;
                                };
                            };
                            payments?: {
                                /** @enum {string} */
                                choose: "all";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "none";
                            } | {
                                /** @enum {string} */
                                choose: "ids";
                                ids: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                            } | {
                                /** @enum {string} */
                                choose: "filter";
                                except?: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "payment" | "refund";
                                }[];
                                filter: {
                                    /** @description Only of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description In number, reference and customer name; case does not matter. */
                                    search?: string;
                                    /**
                                     * Format: date
                                     * @description The last day, inclusive.
                                     */
                                    to?: string;
                                };
                            };
                        };
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preview"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connection card: whose books, what they offer, and what needs a look
         * @description What the target said when the books were last read; a refresh reads them again.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
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
        put?: never;
        /**
         * Ask for the address at which a person signs in to the books and grants access
         * @description Open the address in a browser window: the target asks whose books it shall be, and leads back to a page that says “connected”. The address is good once, for ten minutes, for this company, and as long as the key that asked for it is in force. A company that has no settings at the target yet gets the defaults. Connecting again is the same request: the same books keep all that was posted, and other books are refused while documents stand in the former.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthorizeAddress"];
                    };
                };
            };
        };
        /**
         * End the access, at the target too
         * @description The grant is revoked there and forgotten here. Settings stay, and all that is known of what was posted: connecting the same books again goes on from there.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/connection/accounts/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a default account by its name in the chart of accounts
         * @description The name must match one of the chart to the character, an active one that can be used for that; blanks around it are forgiven. Else the refusal shows the nearest names. If the account is new in the books, refresh the connection first.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    role: "income" | "depositTo" | "refund" | "discount" | "receivable";
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description As the chart of accounts has it; Parent:Child for a sub-account
                         * @example Checking
                         */
                        name: string;
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/connection/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create classes in the books that are missing there
         * @description One that is there already is left as it is. Parents of a Parent:Child are created too. Nothing else in Ledgerpost creates classes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @example [
                         *       "HVAC",
                         *       "Plumbing:Drains"
                         *     ]
                         */
                        names: string[];
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            connection: components["schemas"]["Connection"];
                            readonly outcomes: components["schemas"]["ClassOutcome"][];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/connection/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the books again: edition, accounts, classes, preferences
         * @description Takes seconds; the answer is the card as it is then, with what broke since the last time.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the books were last looked at for changes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Look"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Look now for what was changed, voided or deleted in the books since it was posted
         * @description Reads only. Follow it with GET. A look that runs already looks again at its end. A target that does not tell what changed answers 409 `drift-not-told`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Look"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a record as already in the books, without sending it */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What the books call it */
                        externalId: string;
                        id: string;
                        reason: string;
                        /** @enum {string} */
                        type: "invoice" | "payment" | "refund" | "creditMemo";
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schedule, when it is due next, and what its last run came to */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
                    };
                };
            };
        };
        /**
         * Put the schedule of a company at a target
         * @description There is one at most, and the body is the whole of it. One that is paused stays paused. It stands as soon as this answers, also while Temporal is down: `waiting` then says so.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Warnings that are decided beforehand: such payments then go out unapplied. A run that meets a warning which is not listed makes no batch, and says that a person has to choose.
                         * @default []
                         */
                        acknowledge?: "payments-without-invoices"[];
                        /** @description On which days. */
                        days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
                        /** @description Only of this department. */
                        departmentId?: string;
                        /**
                         * @description What of what is unbatched then.
                         * @default everything
                         * @enum {string}
                         */
                        send?: "everything" | "invoices" | "payments";
                        /** @description At which times, HH:MM by the clock of the company’s time zone. */
                        times: string[];
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
                    };
                };
            };
        };
        post?: never;
        /** Remove the schedule; what it started goes on */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/schedule/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the schedule rest: nothing starts by itself until it is resumed */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/schedule/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the schedule run again, also one that was paused in Temporal itself */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/schedule/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the runs came to, newest first; also those of a schedule that was removed */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["ScheduleRun"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Run it now, besides when it is due; also one that is paused
         * @description The batch, if there is one, is started by whoever asks, and answers as any other batch.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleRun"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/unbatched/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices (with credit memos) or payments (with refunds) that have something to send */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    departmentId?: string;
                    /** @description Inclusive */
                    from?: string;
                    limit?: number;
                    /** @description In number, reference and customer name; case does not matter */
                    search?: string;
                    sort?: "date" | "-date" | "number" | "-number" | "amount" | "-amount";
                    /** @description Inclusive */
                    to?: string;
                };
                header?: never;
                path: {
                    company: string;
                    list: "invoices" | "payments";
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Give it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["UnbatchedRow"][];
                            /** @description Of all that the filter shows, not of this page alone */
                            totals: {
                                /** @description Minor units of the company’s currency (cents) */
                                amount: number;
                                documents: number;
                                operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list") | null;
                                /** @enum {string} */
                                readiness: "ready" | "waiting" | "stopped";
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the installation */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readonly rows: components["schemas"]["ApiKey"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Make a key of the installation */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Who or what uses it; the journal shows it */
                        name: string;
                        /** @description What the key may do; admin covers all */
                        roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedKey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key; it is refused from then on */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the target’s own pages lead back to after somebody granted access
         * @description For browsers: answers a page, also when it refuses. The `state` in it is the proof that an admin asked for it; it is taken once.
         */
        get: {
            parameters: {
                query?: {
                    code?: string;
                    /** @description Of the target, if the person did not allow it */
                    error?: string;
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Not connected: why, and what to do */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                /** @description Not connected, for a reason on our side or the target’s */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                /** @description Connected. The page closes itself */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/seals/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal again, under the first sealing key, what other keys sealed
         * @description Once every API and every worker has the new key first in LEDGERPOST_SEALING_KEYS. When nothing is unreadable, the former keys may go. May be sent again at any time.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SealRotation"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
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
        put?: never;
        /**
         * Sign in with a key: starts a session
         * @description Sets a cookie that only the browser reads. The session may what the key may; it ends with DELETE, after 12 hours without a request, after seven days, or when the key is revoked.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        key: string;
                    };
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The installed targets */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            rows: components["schemas"]["Target"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/targets/{target}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One target: stages, capabilities, and the form of its settings */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    target: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Target"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where a target says by itself that something changed in the books
         * @description For vendors: `quickbooks-online` takes Intuit’s webhooks in both forms, signed in `intuit-signature`. Answered at once; a look follows within half a minute, and finds by itself what changed. Books that nobody here is connected to are no error, and a notice that was heard before does nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    webhook: string;
                };
                cookie?: never;
            };
            /** @description As the vendor sends it */
            requestBody: {
                content: {
                    "application/json": unknown;
                };
            };
            responses: {
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What is wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
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
        ApiKey: {
            companyId: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            id: string;
            name: string;
            revokedAt: string | null;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        ApiKeyInput: {
            companyId: string | null;
            createdAt: unknown;
            createdBy: string;
            id: string;
            name: string;
            revokedAt: unknown | null;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        AuthorizeAddress: {
            /**
             * Format: uri
             * @example https://appcenter.intuit.com/connect/oauth2?client_id=…&response_type=code&state=…
             */
            authorizeUrl: string;
            /** Format: date-time */
            expiresAt: string;
        };
        AuthorizeAddressInput: {
            /**
             * Format: uri
             * @example https://appcenter.intuit.com/connect/oauth2?client_id=…&response_type=code&state=…
             */
            authorizeUrl: string;
            expiresAt: unknown;
        };
        Batch: {
            approvedBy: string | null;
            cancelRequestedBy: string | null;
            confirmedAt: string | null;
            /** @description Who says that the files were loaded */
            confirmedBy: string | null;
            /** @description Nothing more happens to it by itself */
            ended: boolean;
            endedAt: string | null;
            /** Format: uuid */
            id: string;
            links: {
                self: string;
                temporal?: string;
            };
            name: string;
            progress: {
                /** @description With how many the present step is done */
                done: number;
                /** @description Documents in all */
                items: number;
                /** @description Of how many, in the present step */
                of: number;
                /** @description Documents by item state */
                states: {
                    [key: string]: number;
                };
            };
            /** @description Why it ended as it did, or why it is held */
            reason: {
                code: string;
                message: string;
            } | null;
            retryOf: string | null;
            stages: {
                fromSeq: number;
                id: string;
                name: string;
                toSeq: number;
            }[] | null;
            /** Format: date-time */
            startedAt: string;
            startedBy: string;
            /** @enum {string} */
            state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            target: string;
            totals: components["schemas"]["BatchTotals"] | null;
            undoCount: number;
            /** @description Rises with every change; give it as `after` to wait for the next */
            version: number;
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
        };
        BatchFile: {
            documents: number;
            /** @description The one that /download answers */
            download: boolean;
            mediaType: string;
            name: string;
            ordinal: number;
            /** @description Lines of data, without headers */
            rows: number;
            sha256: string;
            size: number;
        };
        BatchFileInput: {
            documents: number;
            /** @description The one that /download answers */
            download: boolean;
            mediaType: string;
            name: string;
            ordinal: number;
            /** @description Lines of data, without headers */
            rows: number;
            sha256: string;
            size: number;
        };
        BatchInput: {
            approvedBy: string | null;
            cancelRequestedBy: string | null;
            confirmedAt: unknown | null;
            /** @description Who says that the files were loaded */
            confirmedBy: string | null;
            /** @description Nothing more happens to it by itself */
            ended: boolean;
            endedAt: unknown | null;
            /** Format: uuid */
            id: string;
            links: {
                self: string;
                temporal?: string;
            };
            name: string;
            progress: {
                /** @description With how many the present step is done */
                done: number;
                /** @description Documents in all */
                items: number;
                /** @description Of how many, in the present step */
                of: number;
                /** @description Documents by item state */
                states: {
                    [key: string]: number;
                };
            };
            /** @description Why it ended as it did, or why it is held */
            reason: {
                code: string;
                message: string;
            } | null;
            retryOf: string | null;
            stages: {
                fromSeq: number;
                id: string;
                name: string;
                toSeq: number;
            }[] | null;
            startedAt: unknown;
            startedBy: string;
            /** @enum {string} */
            state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            target: string;
            totals: components["schemas"]["BatchTotalsInput"] | null;
            undoCount: number;
            /** @description Rises with every change; give it as `after` to wait for the next */
            version: number;
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
        };
        BatchItem: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            readonly problems: components["schemas"]["DocumentProblem"][];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description Its place in the batch, from 1 */
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            /** @description The total as the target holds it */
            targetTotal: number | null;
        };
        BatchItemDetails: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            readonly attempts: {
                /** @description From 1 */
                attempt: number;
                /** @description Null: under way, or the worker that sent it died */
                endedAt: string | null;
                /** @description `answered`, or the code of what went wrong; null as long as `endedAt` is */
                outcome: string | null;
                /** @description Of the call that carried the item, perhaps with others */
                requestId: string;
                /** Format: date-time */
                sentAt: string;
                /** @description The target’s own ids of the requests that it took, for the target’s support */
                readonly traces: string[];
            }[];
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description Where a person looks at it in the books; absent where there is no such page */
            page?: string;
            postedAt: string | null;
            readonly problems: components["schemas"]["DocumentProblem"][];
            /** @description What the target answered; null before it did, and at a target that takes files */
            receipt: {
                /** @description More that the target told, in its own words */
                details?: unknown;
                /** @description The number as the target holds it */
                number?: string;
                /** @description The total as the target holds it */
                total?: number;
            } | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description Its place in the batch, from 1 */
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            /** @description The total as the target holds it */
            targetTotal: number | null;
        };
        BatchItemDetailsInput: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            readonly attempts: {
                /** @description From 1 */
                attempt: number;
                /** @description Null: under way, or the worker that sent it died */
                endedAt: unknown | null;
                /** @description `answered`, or the code of what went wrong; null as long as `endedAt` is */
                outcome: string | null;
                /** @description Of the call that carried the item, perhaps with others */
                requestId: string;
                sentAt: unknown;
                /** @description The target’s own ids of the requests that it took, for the target’s support */
                readonly traces: string[];
            }[];
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description Where a person looks at it in the books; absent where there is no such page */
            page?: string;
            postedAt: unknown | null;
            readonly problems: components["schemas"]["DocumentProblemInput"][];
            /** @description What the target answered; null before it did, and at a target that takes files */
            receipt: {
                /** @description More that the target told, in its own words */
                details?: unknown;
                /** @description The number as the target holds it */
                number?: string;
                /** @description The total as the target holds it */
                total?: number;
            } | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description Its place in the batch, from 1 */
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            /** @description The total as the target holds it */
            targetTotal: number | null;
        };
        BatchItemInput: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            readonly problems: components["schemas"]["DocumentProblemInput"][];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description Its place in the batch, from 1 */
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            /** @description The total as the target holds it */
            targetTotal: number | null;
        };
        BatchLedger: {
            currency: string;
            /** @description They come to zero */
            readonly entries: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description Minor units; debits are above zero, credits below */
                amount: number;
                class: string | null;
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund";
            }[];
        };
        BatchLedgerInput: {
            currency: string;
            /** @description They come to zero */
            readonly entries: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description Minor units; debits are above zero, credits below */
                amount: number;
                class: string | null;
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund";
            }[];
        };
        BatchReport: {
            /** @description Debits are above zero, credits below; either side comes to zero */
            readonly accounts: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund";
            }[];
            batch: {
                confirmedAt: string | null;
                /** @description Who says that the files were loaded */
                confirmedBy: string | null;
                endedAt: string | null;
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: date-time */
                startedAt: string;
                startedBy: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
                target: string;
                targetName: string;
            };
            /** @description Where the books’ side comes from */
            books: {
                /**
                 * @description Whether the target can be asked, or a person has to look
                 * @enum {string}
                 */
                by: "target" | "hand";
                /** @description How one learns what the books say, in a few sentences */
                how: string;
                /** @description Documents of which accounts, classes, tax and deposits are known too */
                linesTold: number;
                /** @description Documents that it looked at */
                looked: number;
                /** @description Documents that a newer batch replaced: they are looked at with that one */
                superseded: number;
                /** @description Which read the books’ side; null: nobody asked yet, or nobody can */
                verification: {
                    endedAt: string | null;
                    reason: {
                        code: string;
                        message: string;
                    } | null;
                    run: number;
                    /** Format: date-time */
                    startedAt: string;
                    startedBy: string;
                    /** @enum {string} */
                    state: "running" | "done" | "failed";
                } | null;
            };
            /** @description Lines of invoices less those of credit memos, without tax */
            readonly classes: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            company: {
                currency: string;
                id: string;
                name: string;
                timeZone: string;
            };
            readonly departments: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description That of the document when it was batched */
                department: string | null;
                /** @enum {string} */
                kind: "invoice" | "payment" | "journal" | "creditMemo";
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Payments by where they go */
            readonly deposits: {
                /** @description Null: the books’ own */
                account: string | null;
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Documents of which the books hold something else than ours; the first of them */
            differing: {
                count: number;
                readonly rows: components["schemas"]["ReportItem"][];
            };
            /** @description What the batch put into the books, less what was taken back */
            documents: number;
            readonly operations: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @enum {string} */
                operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            readonly outcomes: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                /** @enum {string} */
                state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            }[];
            /** @description Of invoices less that of credit memos */
            readonly taxes: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The tax code there; null: none is mapped */
                code: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
        };
        BatchReportInput: {
            /** @description Debits are above zero, credits below; either side comes to zero */
            readonly accounts: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund";
            }[];
            batch: {
                confirmedAt: unknown | null;
                /** @description Who says that the files were loaded */
                confirmedBy: string | null;
                endedAt: unknown | null;
                /** Format: uuid */
                id: string;
                name: string;
                startedAt: unknown;
                startedBy: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
                target: string;
                targetName: string;
            };
            /** @description Where the books’ side comes from */
            books: {
                /**
                 * @description Whether the target can be asked, or a person has to look
                 * @enum {string}
                 */
                by: "target" | "hand";
                /** @description How one learns what the books say, in a few sentences */
                how: string;
                /** @description Documents of which accounts, classes, tax and deposits are known too */
                linesTold: number;
                /** @description Documents that it looked at */
                looked: number;
                /** @description Documents that a newer batch replaced: they are looked at with that one */
                superseded: number;
                /** @description Which read the books’ side; null: nobody asked yet, or nobody can */
                verification: {
                    endedAt: unknown | null;
                    reason: {
                        code: string;
                        message: string;
                    } | null;
                    run: number;
                    startedAt: unknown;
                    startedBy: string;
                    /** @enum {string} */
                    state: "running" | "done" | "failed";
                } | null;
            };
            /** @description Lines of invoices less those of credit memos, without tax */
            readonly classes: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            company: {
                currency: string;
                id: string;
                name: string;
                timeZone: string;
            };
            readonly departments: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description That of the document when it was batched */
                department: string | null;
                /** @enum {string} */
                kind: "invoice" | "payment" | "journal" | "creditMemo";
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Payments by where they go */
            readonly deposits: {
                /** @description Null: the books’ own */
                account: string | null;
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Documents of which the books hold something else than ours; the first of them */
            differing: {
                count: number;
                readonly rows: components["schemas"]["ReportItemInput"][];
            };
            /** @description What the batch put into the books, less what was taken back */
            documents: number;
            readonly operations: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @enum {string} */
                operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            readonly outcomes: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                /** @enum {string} */
                state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
            }[];
            /** @description Of invoices less that of credit memos */
            readonly taxes: {
                /** @description What the books say; null: they told of none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description Theirs less those of ours of which they told */
                    difference: number;
                    documents: number;
                    /** @description Those of ours of which the books told: what theirs is to be held against */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The tax code there; null: none is mapped */
                code: string | null;
                /** @description What the batch put there */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
        };
        BatchTotals: {
            accounts: {
                [key: string]: number;
            };
            classes: {
                [key: string]: number;
            };
            depositAccounts: {
                [key: string]: number;
            };
            operations: {
                [key: string]: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            };
            states: {
                [key: string]: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            };
            /** @description Minor units of the company’s currency (cents) */
            tax: number;
        };
        BatchTotalsInput: {
            accounts: {
                [key: string]: number;
            };
            classes: {
                [key: string]: number;
            };
            depositAccounts: {
                [key: string]: number;
            };
            operations: {
                [key: string]: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            };
            states: {
                [key: string]: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            };
            /** @description Minor units of the company’s currency (cents) */
            tax: number;
        };
        /**
         * @example {
         *       "status": "created",
         *       "name": "Solar",
         *       "externalId": "5000000000000012345"
         *     }
         * @example {
         *       "status": "refused",
         *       "name": "Roofing",
         *       "reason": "It is inactive in QuickBooks. Make it active there."
         *     }
         */
        ClassOutcome: {
            externalId: string;
            name: string;
            /** @enum {string} */
            status: "found" | "created";
        } | {
            name: string;
            /** @description A sentence */
            reason: string;
            /** @constant */
            status: "refused";
        };
        /**
         * @example {
         *       "status": "created",
         *       "name": "Solar",
         *       "externalId": "5000000000000012345"
         *     }
         * @example {
         *       "status": "refused",
         *       "name": "Roofing",
         *       "reason": "It is inactive in QuickBooks. Make it active there."
         *     }
         */
        ClassOutcomeInput: {
            externalId: string;
            name: string;
            /** @enum {string} */
            status: "found" | "created";
        } | {
            name: string;
            /** @description A sentence */
            reason: string;
            /** @constant */
            status: "refused";
        };
        Company: {
            /** @description ISO 4217 */
            currency: string;
            id: string;
            name: string;
            /** @description IANA name */
            timeZone: string;
        };
        CompanyInput: {
            /** @description ISO 4217 */
            currency: string;
            id: string;
            name: string;
            /** @description IANA name */
            timeZone: string;
        };
        CompanyTarget: {
            connectionId: string;
            /** @enum {string} */
            delivery: "files" | "push";
            /** Format: date-time */
            enabledAt: string;
            /** @description As the target’s form has them; secrets are left out */
            settings: {
                [key: string]: unknown;
            };
            settingsVersion: number;
            target: string;
        };
        CompanyTargetInput: {
            connectionId: string;
            /** @enum {string} */
            delivery: "files" | "push";
            enabledAt: unknown;
            /** @description As the target’s form has them; secrets are left out */
            settings: {
                [key: string]: unknown;
            };
            settingsVersion: number;
            target: string;
        };
        /**
         * @example {
         *       "target": "qbo",
         *       "state": "connected",
         *       "account": "4620816365000001",
         *       "environment": "production",
         *       "company": "Larry’s Landscaping",
         *       "edition": "QuickBooks Online Plus",
         *       "currency": "USD",
         *       "classTracking": {
         *         "mode": "line",
         *         "name": "One to each row in a transaction"
         *       },
         *       "closedThrough": "2026-09-30",
         *       "salesTax": "automated",
         *       "automaticCredit": true,
         *       "customNumbers": true,
         *       "refreshedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedBy": "Bea (k-1)",
         *       "accessEndsAt": "2027-02-10T08:00:00.000Z",
         *       "notices": [
         *         {
         *           "code": "account-changed",
         *           "severity": "problem",
         *           "message": "The account “Services” is called “Service revenue” in the books now. Set that name here."
         *         }
         *       ],
         *       "accounts": [
         *         {
         *           "role": "income",
         *           "title": "Income",
         *           "name": "Services",
         *           "status": "renamed",
         *           "message": "The account “Services” is called “Service revenue” in the books now. Set that name here.",
         *           "nearest": [
         *             "Service revenue"
         *           ]
         *         },
         *         {
         *           "role": "depositTo",
         *           "title": "Payments",
         *           "name": "Undeposited Funds",
         *           "status": "ok"
         *         }
         *       ],
         *       "classes": [
         *         {
         *           "name": "HVAC",
         *           "status": "verified"
         *         },
         *         {
         *           "name": "Drains",
         *           "status": "ambiguous",
         *           "nearest": [
         *             "Plumbing:Drains"
         *           ]
         *         }
         *       ],
         *       "moreClasses": false
         *     }
         */
        Connection: {
            /** @description When access ends if it is never renewed; it is renewed long before */
            accessEndsAt: string | null;
            /** @description Whose books, as the target names them (QuickBooks: the realm) */
            account: string | null;
            /** @description The default accounts */
            readonly accounts: {
                /** @description What is wrong, and what to do */
                message?: string;
                /** @description As the settings have it; for tax: the target’s own account */
                name: string | null;
                /** @description What may be meant instead, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                role: "income" | "depositTo" | "refund" | "discount" | "receivable" | "tax";
                /** @enum {string} */
                status: "ok" | "unset" | "missing" | "renamed" | "inactive" | "wrong-type" | "unchecked";
                title: string;
            }[];
            /** @description The books apply open credits to new invoices by themselves */
            automaticCredit: boolean | null;
            /** @description The classes that records use, as the books know them; empty where class tracking is disabled */
            readonly classes: {
                name: string;
                /** @description What may be meant instead, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                status: "verified" | "inactive" | "missing" | "ambiguous";
            }[];
            /** @description Null until the books were read */
            classTracking: {
                /** @enum {string} */
                mode: "none" | "transaction" | "line";
                /** @enum {string} */
                name: "Disabled" | "One to each transaction" | "One to each row in a transaction";
            } | null;
            /** @description The last day of the closed period */
            closedThrough: string | null;
            /** @description What the books call their company */
            company: string | null;
            connectedAt: string | null;
            connectedBy: string | null;
            currency: string | null;
            /** @description The books keep document numbers of our own */
            customNumbers: boolean | null;
            edition: string | null;
            /** @description production, sandbox or simulator */
            environment: string | null;
            /** @description More are in use than are listed */
            moreClasses: boolean;
            /** @description What a person should know, worst first */
            readonly notices: {
                /** @enum {string} */
                code: "access-lost" | "access-ends" | "not-read" | "account-changed" | "category-changed" | "class-changed";
                message: string;
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description When the books were last read */
            refreshedAt: string | null;
            salesTax: ("none" | "manual" | "automated") | null;
            /**
             * @description never: nobody connected it yet; lost: the target does not let us in any more; disconnected: an admin ended it
             * @enum {string}
             */
            state: "never" | "connected" | "lost" | "disconnected";
            target: string;
        };
        /**
         * @example {
         *       "target": "qbo",
         *       "state": "connected",
         *       "account": "4620816365000001",
         *       "environment": "production",
         *       "company": "Larry’s Landscaping",
         *       "edition": "QuickBooks Online Plus",
         *       "currency": "USD",
         *       "classTracking": {
         *         "mode": "line",
         *         "name": "One to each row in a transaction"
         *       },
         *       "closedThrough": "2026-09-30",
         *       "salesTax": "automated",
         *       "automaticCredit": true,
         *       "customNumbers": true,
         *       "refreshedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedBy": "Bea (k-1)",
         *       "accessEndsAt": "2027-02-10T08:00:00.000Z",
         *       "notices": [
         *         {
         *           "code": "account-changed",
         *           "severity": "problem",
         *           "message": "The account “Services” is called “Service revenue” in the books now. Set that name here."
         *         }
         *       ],
         *       "accounts": [
         *         {
         *           "role": "income",
         *           "title": "Income",
         *           "name": "Services",
         *           "status": "renamed",
         *           "message": "The account “Services” is called “Service revenue” in the books now. Set that name here.",
         *           "nearest": [
         *             "Service revenue"
         *           ]
         *         },
         *         {
         *           "role": "depositTo",
         *           "title": "Payments",
         *           "name": "Undeposited Funds",
         *           "status": "ok"
         *         }
         *       ],
         *       "classes": [
         *         {
         *           "name": "HVAC",
         *           "status": "verified"
         *         },
         *         {
         *           "name": "Drains",
         *           "status": "ambiguous",
         *           "nearest": [
         *             "Plumbing:Drains"
         *           ]
         *         }
         *       ],
         *       "moreClasses": false
         *     }
         */
        ConnectionInput: {
            /** @description When access ends if it is never renewed; it is renewed long before */
            accessEndsAt: unknown | null;
            /** @description Whose books, as the target names them (QuickBooks: the realm) */
            account: string | null;
            /** @description The default accounts */
            readonly accounts: {
                /** @description What is wrong, and what to do */
                message?: string;
                /** @description As the settings have it; for tax: the target’s own account */
                name: string | null;
                /** @description What may be meant instead, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                role: "income" | "depositTo" | "refund" | "discount" | "receivable" | "tax";
                /** @enum {string} */
                status: "ok" | "unset" | "missing" | "renamed" | "inactive" | "wrong-type" | "unchecked";
                title: string;
            }[];
            /** @description The books apply open credits to new invoices by themselves */
            automaticCredit: boolean | null;
            /** @description The classes that records use, as the books know them; empty where class tracking is disabled */
            readonly classes: {
                name: string;
                /** @description What may be meant instead, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                status: "verified" | "inactive" | "missing" | "ambiguous";
            }[];
            /** @description Null until the books were read */
            classTracking: {
                /** @enum {string} */
                mode: "none" | "transaction" | "line";
                /** @enum {string} */
                name: "Disabled" | "One to each transaction" | "One to each row in a transaction";
            } | null;
            /** @description The last day of the closed period */
            closedThrough: string | null;
            /** @description What the books call their company */
            company: string | null;
            connectedAt: unknown | null;
            connectedBy: string | null;
            currency: string | null;
            /** @description The books keep document numbers of our own */
            customNumbers: boolean | null;
            edition: string | null;
            /** @description production, sandbox or simulator */
            environment: string | null;
            /** @description More are in use than are listed */
            moreClasses: boolean;
            /** @description What a person should know, worst first */
            readonly notices: {
                /** @enum {string} */
                code: "access-lost" | "access-ends" | "not-read" | "account-changed" | "category-changed" | "class-changed";
                message: string;
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description When the books were last read */
            refreshedAt: unknown | null;
            salesTax: ("none" | "manual" | "automated") | null;
            /**
             * @description never: nobody connected it yet; lost: the target does not let us in any more; disconnected: an admin ended it
             * @enum {string}
             */
            state: "never" | "connected" | "lost" | "disconnected";
            target: string;
        };
        CreatedKey: {
            id: string;
            /** @description Shown this once and kept nowhere */
            secret: string;
        };
        CreatedKeyInput: {
            id: string;
            /** @description Shown this once and kept nowhere */
            secret: string;
        };
        DocumentProblem: {
            /**
             * @description Stable; see docs/errors.md
             * @enum {string}
             */
            code: "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "customer-differs" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "item-will-be-created" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
            field?: string;
            message: string;
            /** @description The record it is about, which may be another than the document’s own */
            record: {
                id: string;
                /** @enum {string} */
                type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @enum {string} */
            severity: "problem" | "warning" | "notice";
        };
        DocumentProblemInput: {
            /**
             * @description Stable; see docs/errors.md
             * @enum {string}
             */
            code: "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "customer-differs" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "item-will-be-created" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
            field?: string;
            message: string;
            /** @description The record it is about, which may be another than the document’s own */
            record: {
                id: string;
                /** @enum {string} */
                type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @enum {string} */
            severity: "problem" | "warning" | "notice";
        };
        Drift: {
            /** @description What we posted */
            amount: number;
            /** @description What posted it */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                seq: number;
            };
            /** @description What can be decided about a document of this kind; one may be refused all the same */
            readonly choices: ("keep-theirs" | "send-again" | "resolve")[];
            customerId: string | null;
            decidedAt: string | null;
            decidedBy: string | null;
            externalId: string;
            /** Format: date-time */
            foundAt: string;
            /**
             * @description What made somebody look: the hours, a webhook of the target, a person
             * @enum {string}
             */
            foundBy: "schedule" | "webhook" | "request";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "invoice" | "payment" | "journal" | "creditMemo" | "warning";
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description What changed, and by whom if the target tells */
            problem: components["schemas"]["DocumentProblem"];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /**
             * Format: date-time
             * @description When it was last seen to be so
             */
            seenAt: string;
            /**
             * @description What was decided. `resolved` by `ledgerpost`: it was put right in the books, or nothing of ours stands there any more
             * @enum {string}
             */
            state: "open" | "kept-theirs" | "sent-again" | "resolved";
            /**
             * @description A void is a change: the document is still there, with nothing in it
             * @enum {string}
             */
            status: "changed" | "gone";
            target: string;
            /** @description What the books hold now, where the target says so */
            total: number | null;
        };
        DriftInput: {
            /** @description What we posted */
            amount: number;
            /** @description What posted it */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                seq: number;
            };
            /** @description What can be decided about a document of this kind; one may be refused all the same */
            readonly choices: ("keep-theirs" | "send-again" | "resolve")[];
            customerId: string | null;
            decidedAt: unknown | null;
            decidedBy: string | null;
            externalId: string;
            foundAt: unknown;
            /**
             * @description What made somebody look: the hours, a webhook of the target, a person
             * @enum {string}
             */
            foundBy: "schedule" | "webhook" | "request";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "invoice" | "payment" | "journal" | "creditMemo" | "warning";
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description What changed, and by whom if the target tells */
            problem: components["schemas"]["DocumentProblemInput"];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description When it was last seen to be so */
            seenAt: unknown;
            /**
             * @description What was decided. `resolved` by `ledgerpost`: it was put right in the books, or nothing of ours stands there any more
             * @enum {string}
             */
            state: "open" | "kept-theirs" | "sent-again" | "resolved";
            /**
             * @description A void is a change: the document is still there, with nothing in it
             * @enum {string}
             */
            status: "changed" | "gone";
            target: string;
            /** @description What the books hold now, where the target says so */
            total: number | null;
        };
        Finding: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            /** Format: date-time */
            checkedAt: string;
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description What changed, and by whom if the target tells */
            problem: components["schemas"]["DocumentProblem"] | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /**
             * @description `same`: as it was posted; `changed` there since; `gone` from there
             * @enum {string}
             */
            status: "same" | "changed" | "gone";
            /** @description The total as the target holds it now, where it was told */
            total: number | null;
        };
        FindingInput: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            checkedAt: unknown;
            customerId: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            /** @description What changed, and by whom if the target tells */
            problem: components["schemas"]["DocumentProblemInput"] | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /**
             * @description `same`: as it was posted; `changed` there since; `gone` from there
             * @enum {string}
             */
            status: "same" | "changed" | "gone";
            /** @description The total as the target holds it now, where it was told */
            total: number | null;
        };
        Intake: {
            /** @description Lines read, without blank ones */
            lines: number;
            /** @description The first refused lines; `refused` counts them all */
            refusals: {
                field?: string;
                line: number;
                reason: string;
                record?: string;
            }[];
            refused: number;
            /** @description New, or with new content */
            taken: number;
            /** @description This line and all before it were dealt with */
            throughLine: number;
            unchanged: number;
        };
        IntakeInput: {
            /** @description Lines read, without blank ones */
            lines: number;
            /** @description The first refused lines; `refused` counts them all */
            refusals: {
                field?: string;
                line: number;
                reason: string;
                record?: string;
            }[];
            refused: number;
            /** @description New, or with new content */
            taken: number;
            /** @description This line and all before it were dealt with */
            throughLine: number;
            unchanged: number;
        };
        JournalEntry: {
            act: string;
            /** @description The key’s name and id, or the engine */
            actor: string;
            /** Format: date-time */
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: number;
            /** @description What it was done to: `batch/<id>`, `key/<id>`, `target/<id>` */
            subject: string;
        };
        JournalEntryInput: {
            act: string;
            /** @description The key’s name and id, or the engine */
            actor: string;
            at: unknown;
            details: {
                [key: string]: unknown;
            };
            id: number;
            /** @description What it was done to: `batch/<id>`, `key/<id>`, `target/<id>` */
            subject: string;
        };
        Look: {
            beganAt: string | null;
            by: ("schedule" | "webhook" | "request") | null;
            endedAt: string | null;
            /** @description How many of them are newly found to drift */
            found: number;
            links: {
                temporal?: string;
            };
            /** @description Documents of ours that were read */
            looked: number;
            /** @description Drifts that nobody has decided about */
            open: number;
            /** @description Left for the next look, because a batch has them */
            postponed: number;
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Null: nobody ever looked. `failed`: `reason` says why */
            state: ("running" | "done" | "failed") | null;
            target: string;
            /** @description All that changed before is known, by the target’s clock */
            through: string | null;
            /** @description A look that somebody wishes for and that has not begun */
            wantedAt: string | null;
            /** @description What no person asked for waits until no batch writes into the books */
            wantedBy: ("schedule" | "webhook" | "request") | null;
        };
        LookInput: {
            beganAt: unknown | null;
            by: ("schedule" | "webhook" | "request") | null;
            endedAt: unknown | null;
            /** @description How many of them are newly found to drift */
            found: number;
            links: {
                temporal?: string;
            };
            /** @description Documents of ours that were read */
            looked: number;
            /** @description Drifts that nobody has decided about */
            open: number;
            /** @description Left for the next look, because a batch has them */
            postponed: number;
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Null: nobody ever looked. `failed`: `reason` says why */
            state: ("running" | "done" | "failed") | null;
            target: string;
            /** @description All that changed before is known, by the target’s clock */
            through: unknown | null;
            /** @description A look that somebody wishes for and that has not begun */
            wantedAt: unknown | null;
            /** @description What no person asked for waits until no batch writes into the books */
            wantedBy: ("schedule" | "webhook" | "request") | null;
        };
        Preview: {
            /** @description Give it to the start, and it is refused if records have changed since */
            digest: string;
            /** @description The proposed name */
            name: string;
            /** @description What the documents use at the target */
            names: {
                customers: number;
                readonly items: string[];
            };
            /** @description What is open and can’t be sent by any batch now, by problem code */
            readonly notSelected: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                reason: string;
            }[];
            problemCounts: {
                [key: string]: number;
            };
            /** @description The first of what there is to say, worst first; problemCounts counts all */
            readonly problems: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "customer-differs" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "item-will-be-created" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record it is about, which may be another than the document’s own */
                record: {
                    id: string;
                    /** @enum {string} */
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description Of the documents that would be sent */
            totals: components["schemas"]["BatchTotals"];
            /** @description To be acknowledged when the batch is started */
            readonly warnings: {
                /** @constant */
                code: "payments-without-invoices";
                count: number;
                readonly pairs: {
                    invoice: {
                        id: string;
                        number: string;
                    };
                    payment: {
                        id: string;
                        number: string;
                    };
                }[];
            }[];
        };
        PreviewInput: {
            /** @description Give it to the start, and it is refused if records have changed since */
            digest: string;
            /** @description The proposed name */
            name: string;
            /** @description What the documents use at the target */
            names: {
                customers: number;
                readonly items: string[];
            };
            /** @description What is open and can’t be sent by any batch now, by problem code */
            readonly notSelected: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                reason: string;
            }[];
            problemCounts: {
                [key: string]: number;
            };
            /** @description The first of what there is to say, worst first; problemCounts counts all */
            readonly problems: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "customer-differs" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "item-will-be-created" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record it is about, which may be another than the document’s own */
                record: {
                    id: string;
                    /** @enum {string} */
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description Of the documents that would be sent */
            totals: components["schemas"]["BatchTotalsInput"];
            /** @description To be acknowledged when the batch is started */
            readonly warnings: {
                /** @constant */
                code: "payments-without-invoices";
                count: number;
                readonly pairs: {
                    invoice: {
                        id: string;
                        number: string;
                    };
                    payment: {
                        id: string;
                        number: string;
                    };
                }[];
            }[];
        };
        ProblemAnswer: {
            /**
             * @description Stable; see docs/errors.md
             * @enum {string}
             */
            code: "batch-open" | "name-taken" | "nothing-to-send" | "records-changed" | "payments-without-invoices" | "illegal-move" | "bad-name" | "fenced-off" | "engine-defect" | "activity-timeout" | "workflow-canceled" | "problems-found" | "record-in-batch" | "not-undoable" | "bad-request" | "bad-json" | "bad-cursor" | "bad-record" | "no-key" | "no-csrf-token" | "role-missing" | "installation-key-needed" | "own-batch" | "not-found" | "method-not-allowed" | "company-fixed" | "target-not-enabled" | "unknown-target" | "key-reused" | "body-too-large" | "unsupported-media-type" | "stream-broken" | "not-connected" | "books-unread" | "class-tracking-off" | "no-oauth-app" | "bad-state" | "not-granted" | "other-books" | "books-taken" | "other-currency" | "no-such-account" | "readback-by-hand" | "verification-open" | "nothing-to-verify" | "drift-decided" | "drift-not-keepable" | "not-sendable-again" | "drift-not-told" | "not-genuine" | "database-down" | "internal" | "target-unreachable" | "target-throttled" | "access-lost" | "target-not-ready" | "target-defect" | "file-too-large";
            /** @description What is wrong here, and what to do */
            detail: string;
            details?: {
                [key: string]: unknown;
            };
            /** @description The request id, which the log has too */
            instance: string;
            status: number;
            /** @description What the code means, in one sentence */
            title: string;
            type: string;
        };
        ProblemAnswerInput: {
            /**
             * @description Stable; see docs/errors.md
             * @enum {string}
             */
            code: "batch-open" | "name-taken" | "nothing-to-send" | "records-changed" | "payments-without-invoices" | "illegal-move" | "bad-name" | "fenced-off" | "engine-defect" | "activity-timeout" | "workflow-canceled" | "problems-found" | "record-in-batch" | "not-undoable" | "bad-request" | "bad-json" | "bad-cursor" | "bad-record" | "no-key" | "no-csrf-token" | "role-missing" | "installation-key-needed" | "own-batch" | "not-found" | "method-not-allowed" | "company-fixed" | "target-not-enabled" | "unknown-target" | "key-reused" | "body-too-large" | "unsupported-media-type" | "stream-broken" | "not-connected" | "books-unread" | "class-tracking-off" | "no-oauth-app" | "bad-state" | "not-granted" | "other-books" | "books-taken" | "other-currency" | "no-such-account" | "readback-by-hand" | "verification-open" | "nothing-to-verify" | "drift-decided" | "drift-not-keepable" | "not-sendable-again" | "drift-not-told" | "not-genuine" | "database-down" | "internal" | "target-unreachable" | "target-throttled" | "access-lost" | "target-not-ready" | "target-defect" | "file-too-large";
            /** @description What is wrong here, and what to do */
            detail: string;
            details?: {
                [key: string]: unknown;
            };
            /** @description The request id, which the log has too */
            instance: string;
            status: number;
            /** @description What the code means, in one sentence */
            title: string;
            type: string;
        };
        Readiness: {
            postgres: {
                note?: string;
                up: boolean;
            };
            ready: boolean;
            temporal: {
                note?: string;
                up: boolean;
            };
        };
        ReadinessInput: {
            postgres: {
                note?: string;
                up: boolean;
            };
            ready: boolean;
            temporal: {
                note?: string;
                up: boolean;
            };
        };
        ReportItem: {
            /** @description Ours */
            amount: number;
            /** @description The total as the books hold it, 0 if it is gone; null: not known */
            booksTotal: number | null;
            customer: string | null;
            date: string;
            department: string | null;
            externalId: string | null;
            /** @description Null: not looked at */
            finding: ("same" | "changed" | "gone") | null;
            readonly messages: string[];
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
        };
        ReportItemInput: {
            /** @description Ours */
            amount: number;
            /** @description The total as the books hold it, 0 if it is gone; null: not known */
            booksTotal: number | null;
            customer: string | null;
            date: string;
            department: string | null;
            externalId: string | null;
            /** @description Null: not looked at */
            finding: ("same" | "changed" | "gone") | null;
            readonly messages: string[];
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list";
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /** @enum {string} */
            state: "claimed" | "frozen" | "ready" | "rejected" | "blocked" | "exported" | "sending" | "posted" | "listed" | "refused" | "conflict" | "differs" | "released" | "undone" | "left";
        };
        Schedule: {
            readonly acknowledge: "payments-without-invoices"[];
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            readonly days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
            departmentId?: string;
            lastRun: components["schemas"]["ScheduleRun"] | null;
            links: {
                temporal?: string;
            };
            /** @description When it is due next; none while it is paused */
            readonly next: string[];
            paused: {
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            /** @description The note of a pause that was made in Temporal itself, as last seen; a resume lifts it. Null: there is none */
            pausedInTemporal: string | null;
            /** @enum {string} */
            send: "everything" | "invoices" | "payments";
            target: string;
            /** @description HH:MM by the clock of `timeZone` */
            readonly times: string[];
            /** @description The company’s */
            timeZone: string;
            /** @description That Temporal does not have it as it is here yet, in a sentence */
            waiting?: string;
        };
        ScheduleInput: {
            readonly acknowledge: "payments-without-invoices"[];
            changedAt: unknown;
            changedBy: string;
            readonly days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
            departmentId?: string;
            lastRun: components["schemas"]["ScheduleRunInput"] | null;
            links: {
                temporal?: string;
            };
            /** @description When it is due next; none while it is paused */
            readonly next: unknown[];
            paused: {
                at: unknown;
                by: string;
            } | null;
            /** @description The note of a pause that was made in Temporal itself, as last seen; a resume lifts it. Null: there is none */
            pausedInTemporal: string | null;
            /** @enum {string} */
            send: "everything" | "invoices" | "payments";
            target: string;
            /** @description HH:MM by the clock of `timeZone` */
            readonly times: string[];
            /** @description The company’s */
            timeZone: string;
            /** @description That Temporal does not have it as it is here yet, in a sentence */
            waiting?: string;
        };
        ScheduleRun: {
            /** @description Who asked for it beside the schedule; null: it was due */
            askedBy: string | null;
            /** Format: date-time */
            at: string;
            /** @description The batch that it started, or that was in its way, as it is now */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            } | null;
            /** @description A code of docs/errors.md, where no batch was started */
            code: string | null;
            /**
             * Format: date-time
             * @description When it was due; for one that somebody asked for, when they did
             */
            due: string;
            /** @description What it came to, and who does what next */
            message: string;
            /**
             * @description `started`: a batch; `nothing-to-send`: none, nothing was open; `batch-open`: another batch was in its way; `needs-a-person`: somebody has to choose; `refused`: the company can’t batch there now; `missed`: it could not be looked at in time
             * @enum {string}
             */
            outcome: "started" | "nothing-to-send" | "batch-open" | "needs-a-person" | "refused" | "missed";
        };
        ScheduleRunInput: {
            /** @description Who asked for it beside the schedule; null: it was due */
            askedBy: string | null;
            at: unknown;
            /** @description The batch that it started, or that was in its way, as it is now */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            } | null;
            /** @description A code of docs/errors.md, where no batch was started */
            code: string | null;
            /** @description When it was due; for one that somebody asked for, when they did */
            due: unknown;
            /** @description What it came to, and who does what next */
            message: string;
            /**
             * @description `started`: a batch; `nothing-to-send`: none, nothing was open; `batch-open`: another batch was in its way; `needs-a-person`: somebody has to choose; `refused`: the company can’t batch there now; `missed`: it could not be looked at in time
             * @enum {string}
             */
            outcome: "started" | "nothing-to-send" | "batch-open" | "needs-a-person" | "refused" | "missed";
        };
        /**
         * @example {
         *       "key": "2026-11",
         *       "sealedAgain": 12,
         *       "unreadable": [
         *         {
         *           "company": "birds",
         *           "target": "qbo",
         *           "key": "2025-01"
         *         }
         *       ]
         *     }
         */
        SealRotation: {
            /** @description The id of the key that seals now */
            key: string;
            sealedAgain: number;
            /** @description Sealed under a key that this API does not have, or broken: bring the key back, or connect again */
            readonly unreadable: {
                company: string;
                key: string;
                target: string;
            }[];
        };
        /**
         * @example {
         *       "key": "2026-11",
         *       "sealedAgain": 12,
         *       "unreadable": [
         *         {
         *           "company": "birds",
         *           "target": "qbo",
         *           "key": "2025-01"
         *         }
         *       ]
         *     }
         */
        SealRotationInput: {
            /** @description The id of the key that seals now */
            key: string;
            sealedAgain: number;
            /** @description Sealed under a key that this API does not have, or broken: bring the key back, or connect again */
            readonly unreadable: {
                company: string;
                key: string;
                target: string;
            }[];
        };
        Session: {
            /** @description How batches and the journal name whoever uses the key */
            actor: string;
            /** @description Null: a key of the installation, which may do with every company what its roles say */
            companyId: string | null;
            /** @description Sent as `X-CSRF-Token` with everything but GET; null where the request came with a key and not a cookie */
            csrfToken: string | null;
            keyId: string;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        SessionInput: {
            /** @description How batches and the journal name whoever uses the key */
            actor: string;
            /** @description Null: a key of the installation, which may do with every company what its roles say */
            companyId: string | null;
            /** @description Sent as `X-CSRF-Token` with everything but GET; null where the request came with a key and not a cookie */
            csrfToken: string | null;
            keyId: string;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        /** @description One source record; a line of the stream */
        SourceRecord: {
            accountingKey?: string;
            billingAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            company?: string;
            email?: string;
            id: string;
            name?: string;
            phone?: string;
            taxExempt?: boolean;
            /** @constant */
            type: "customer";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            id: string;
            name: string;
            /** @constant */
            type: "department";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            description?: string;
            id: string;
            name: string;
            taxable?: boolean;
            /** @constant */
            type: "service";
        } | {
            customerId?: string;
            departmentId?: string;
            id: string;
            imported?: boolean;
            number?: string;
            /** @constant */
            type: "job";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            /** Format: date */
            dueDate?: string;
            id: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                rate?: string;
            };
            terms?: string;
            total: string;
            /** @constant */
            type: "invoice";
        } | {
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
            amount: string;
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id: string;
            jobId?: string;
            method?: string;
            reference?: string;
            /** @enum {string} */
            status: "received" | "disputed" | "removed";
            /** @constant */
            type: "payment";
        } | {
            amount: string;
            /** Format: date */
            date: string;
            id: string;
            method?: string;
            paymentId: string;
            reason?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            /** @constant */
            type: "refund";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id: string;
            invoiceId?: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                rate?: string;
            };
            total: string;
            /** @constant */
            type: "creditMemo";
        };
        /** @description One source record; a line of the stream */
        SourceRecordInput: {
            accountingKey?: string;
            billingAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            company?: string;
            email?: string;
            id: string;
            name?: string;
            phone?: string;
            taxExempt?: boolean;
            /** @constant */
            type: "customer";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            id: string;
            name: string;
            /** @constant */
            type: "department";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            description?: string;
            id: string;
            name: string;
            taxable?: boolean;
            /** @constant */
            type: "service";
        } | {
            customerId?: string;
            departmentId?: string;
            id: string;
            imported?: boolean;
            number?: string;
            /** @constant */
            type: "job";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            /** Format: date */
            dueDate?: string;
            id: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                rate?: string;
            };
            terms?: string;
            total: string;
            /** @constant */
            type: "invoice";
        } | {
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
            amount: string;
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id: string;
            jobId?: string;
            method?: string;
            reference?: string;
            /** @enum {string} */
            status: "received" | "disputed" | "removed";
            /** @constant */
            type: "payment";
        } | {
            amount: string;
            /** Format: date */
            date: string;
            id: string;
            method?: string;
            paymentId: string;
            reason?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            /** @constant */
            type: "refund";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id: string;
            invoiceId?: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                rate?: string;
            };
            total: string;
            /** @constant */
            type: "creditMemo";
        };
        Target: {
            capabilities: {
                /** @enum {string} */
                access: "settings" | "oauth";
                /** @enum {string} */
                chart: "discovered" | "declared";
                /** @enum {string} */
                delivery: "push" | "files";
                /** @description Whether the target tells what was changed in the books */
                drift: boolean;
                /** @enum {string} */
                undo: "target" | "hand";
            };
            description: string;
            id: string;
            /** @description What a person does with the files, where the target takes files */
            instructions?: string;
            name: string;
            /** @description JSON Schema of the settings: the admin’s form. Secrets have `secret: true` */
            settings: unknown;
            stages: {
                id: string;
                name: string;
                operations: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list")[];
            }[];
            /** @description What a person does to take a batch back, where the target can’t be asked to */
            undoInstructions?: string;
        };
        TargetInput: {
            capabilities: {
                /** @enum {string} */
                access: "settings" | "oauth";
                /** @enum {string} */
                chart: "discovered" | "declared";
                /** @enum {string} */
                delivery: "push" | "files";
                /** @description Whether the target tells what was changed in the books */
                drift: boolean;
                /** @enum {string} */
                undo: "target" | "hand";
            };
            description: string;
            id: string;
            /** @description What a person does with the files, where the target takes files */
            instructions?: string;
            name: string;
            /** @description JSON Schema of the settings: the admin’s form. Secrets have `secret: true` */
            settings: unknown;
            stages: {
                id: string;
                name: string;
                operations: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list")[];
            }[];
            /** @description What a person does to take a batch back, where the target can’t be asked to */
            undoInstructions?: string;
        };
        UnbatchedRow: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            customer: {
                id: string;
                name?: string | null;
            } | null;
            date: string;
            department: {
                id: string;
                name?: string | null;
            } | null;
            id: string;
            number: string;
            /** @description What it would be; null where no batch can send it */
            operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list") | null;
            /** @description Why it can’t be sent, and what else is to be said about it */
            problems: components["schemas"]["DocumentProblem"][];
            /**
             * @description `waiting`: a re-allocation that goes once its invoice is in the books or in the same batch
             * @enum {string}
             */
            readiness: "ready" | "waiting" | "stopped";
            /** @description A problem code, where it is stopped */
            reason: string | null;
            revision: number;
            /** @enum {string} */
            type: "invoice" | "payment" | "refund" | "creditMemo";
        };
        UnbatchedRowInput: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            customer: {
                id: string;
                name?: string | null;
            } | null;
            date: string;
            department: {
                id: string;
                name?: string | null;
            } | null;
            id: string;
            number: string;
            /** @description What it would be; null where no batch can send it */
            operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "creditMemo.insert" | "warning.list") | null;
            /** @description Why it can’t be sent, and what else is to be said about it */
            problems: components["schemas"]["DocumentProblemInput"][];
            /**
             * @description `waiting`: a re-allocation that goes once its invoice is in the books or in the same batch
             * @enum {string}
             */
            readiness: "ready" | "waiting" | "stopped";
            /** @description A problem code, where it is stopped */
            reason: string | null;
            revision: number;
            /** @enum {string} */
            type: "invoice" | "payment" | "refund" | "creditMemo";
        };
        Undo: {
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            };
            /**
             * @description Who takes the documents out of the books: the target’s own interface, or a person
             * @enum {string}
             */
            by: "target" | "hand";
            documents: {
                document: string;
                seq: number;
                state: string;
                /** @description What a person does; of a document that an undo left alone, also why it did */
                todo: string | null;
            }[];
            instructions: string | null;
            /** @description Somebody confirmed that the files were loaded */
            loaded: boolean;
            /** @description Give it as `after` for the next page; absent on the last */
            next?: string;
            warning: string | null;
        };
        UndoInput: {
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            };
            /**
             * @description Who takes the documents out of the books: the target’s own interface, or a person
             * @enum {string}
             */
            by: "target" | "hand";
            documents: {
                document: string;
                seq: number;
                state: string;
                /** @description What a person does; of a document that an undo left alone, also why it did */
                todo: string | null;
            }[];
            instructions: string | null;
            /** @description Somebody confirmed that the files were loaded */
            loaded: boolean;
            /** @description Give it as `after` for the next page; absent on the last */
            next?: string;
            warning: string | null;
        };
        Verification: {
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @description Documents that were looked at so far. What a newer batch has updated is looked at with that one */
            counts: {
                changed: number;
                gone: number;
                same: number;
            };
            endedAt: string | null;
            links: {
                temporal?: string;
            };
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Rises with each verification of the batch; the newest is kept */
            run: number;
            /** Format: date-time */
            startedAt: string;
            startedBy: string;
            /**
             * @description `failed`: not all could be looked at, and `reason` says why
             * @enum {string}
             */
            state: "running" | "done" | "failed";
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
        };
        VerificationInput: {
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @description Documents that were looked at so far. What a newer batch has updated is looked at with that one */
            counts: {
                changed: number;
                gone: number;
                same: number;
            };
            endedAt: unknown | null;
            links: {
                temporal?: string;
            };
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Rises with each verification of the batch; the newest is kept */
            run: number;
            startedAt: unknown;
            startedBy: string;
            /**
             * @description `failed`: not all could be looked at, and `reason` says why
             * @enum {string}
             */
            state: "running" | "done" | "failed";
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeyInput = components['schemas']['ApiKeyInput'];
export type AuthorizeAddress = components['schemas']['AuthorizeAddress'];
export type AuthorizeAddressInput = components['schemas']['AuthorizeAddressInput'];
export type Batch = components['schemas']['Batch'];
export type BatchFile = components['schemas']['BatchFile'];
export type BatchFileInput = components['schemas']['BatchFileInput'];
export type BatchInput = components['schemas']['BatchInput'];
export type BatchItem = components['schemas']['BatchItem'];
export type BatchItemDetails = components['schemas']['BatchItemDetails'];
export type BatchItemDetailsInput = components['schemas']['BatchItemDetailsInput'];
export type BatchItemInput = components['schemas']['BatchItemInput'];
export type BatchLedger = components['schemas']['BatchLedger'];
export type BatchLedgerInput = components['schemas']['BatchLedgerInput'];
export type BatchReport = components['schemas']['BatchReport'];
export type BatchReportInput = components['schemas']['BatchReportInput'];
export type BatchTotals = components['schemas']['BatchTotals'];
export type BatchTotalsInput = components['schemas']['BatchTotalsInput'];
export type ClassOutcome = components['schemas']['ClassOutcome'];
export type ClassOutcomeInput = components['schemas']['ClassOutcomeInput'];
export type Company = components['schemas']['Company'];
export type CompanyInput = components['schemas']['CompanyInput'];
export type CompanyTarget = components['schemas']['CompanyTarget'];
export type CompanyTargetInput = components['schemas']['CompanyTargetInput'];
export type Connection = components['schemas']['Connection'];
export type ConnectionInput = components['schemas']['ConnectionInput'];
export type CreatedKey = components['schemas']['CreatedKey'];
export type CreatedKeyInput = components['schemas']['CreatedKeyInput'];
export type DocumentProblem = components['schemas']['DocumentProblem'];
export type DocumentProblemInput = components['schemas']['DocumentProblemInput'];
export type Drift = components['schemas']['Drift'];
export type DriftInput = components['schemas']['DriftInput'];
export type Finding = components['schemas']['Finding'];
export type FindingInput = components['schemas']['FindingInput'];
export type Intake = components['schemas']['Intake'];
export type IntakeInput = components['schemas']['IntakeInput'];
export type JournalEntry = components['schemas']['JournalEntry'];
export type JournalEntryInput = components['schemas']['JournalEntryInput'];
export type Look = components['schemas']['Look'];
export type LookInput = components['schemas']['LookInput'];
export type Preview = components['schemas']['Preview'];
export type PreviewInput = components['schemas']['PreviewInput'];
export type ProblemAnswer = components['schemas']['ProblemAnswer'];
export type ProblemAnswerInput = components['schemas']['ProblemAnswerInput'];
export type Readiness = components['schemas']['Readiness'];
export type ReadinessInput = components['schemas']['ReadinessInput'];
export type ReportItem = components['schemas']['ReportItem'];
export type ReportItemInput = components['schemas']['ReportItemInput'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduleInput = components['schemas']['ScheduleInput'];
export type ScheduleRun = components['schemas']['ScheduleRun'];
export type ScheduleRunInput = components['schemas']['ScheduleRunInput'];
export type SealRotation = components['schemas']['SealRotation'];
export type SealRotationInput = components['schemas']['SealRotationInput'];
export type Session = components['schemas']['Session'];
export type SessionInput = components['schemas']['SessionInput'];
export type SourceRecord = components['schemas']['SourceRecord'];
export type SourceRecordInput = components['schemas']['SourceRecordInput'];
export type Target = components['schemas']['Target'];
export type TargetInput = components['schemas']['TargetInput'];
export type UnbatchedRow = components['schemas']['UnbatchedRow'];
export type UnbatchedRowInput = components['schemas']['UnbatchedRowInput'];
export type Undo = components['schemas']['Undo'];
export type UndoInput = components['schemas']['UndoInput'];
export type Verification = components['schemas']['Verification'];
export type VerificationInput = components['schemas']['VerificationInput'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
