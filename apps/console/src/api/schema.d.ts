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
         * @description Postgres is needed. Temporal is reported and not needed: without it, reads work and new batches wait.
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
                /** @description What went wrong on our side */
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
         * Create a company, or rename it
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
                        /** @description The name on screens. */
                        name: string;
                        /** @description IANA name. It decides which day it is for the company. */
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
        /** One batch; with `after` and `wait`, as soon as it changes */
        get: {
            parameters: {
                query?: {
                    /** @description The version you know. While the batch moves, the answer waits a tenth of a second for more */
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
                /** @description What went wrong on our side */
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
        /** Approve the batch; anyone may but the person who started it, and their keys */
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
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; the journal and the batch show it */
                        comment?: string;
                    } | null;
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
                /** @description What went wrong on our side */
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
                            /** @description Why the order takes effect later, if it does */
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
        /** Stop after the current chunk; posted documents stay posted */
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
                /** @description What went wrong on our side */
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
                            /** @description Why the order takes effect later, if it does */
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
    "/v1/companies/{company}/batches/{batch}/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is wrong with the documents of a batch, by cause
         * @description Causes that stop documents come first, then the most frequent. A document with two causes counts in both. At most 200.
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["Cause"][];
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
                /** @description What went wrong on our side */
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
                            /** @description Why the order takes effect later, if it does */
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
        /** Decline the batch before anything is sent; anyone may but the person who started it, and their keys */
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
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; the journal and the batch show it */
                        comment?: string;
                    } | null;
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
                /** @description What went wrong on our side */
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
                            /** @description Why the order takes effect later, if it does */
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
        /** The batch’s file to download */
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The file, with the media type that the list of files states */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "application/zip": string;
                        "text/plain": string;
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
         * @description An event `batch` for every version, with the batch as data and the version as id; the stream ends with the batch. Versions in quick succession may be skipped. 204 if Last-Event-ID is the last version.
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The file, with the media type that the list of files states */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "application/zip": string;
                        "text/plain": string;
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
        /** The documents of a batch, by default in sending order */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    /** @description In number and customer name; upper and lower case are the same */
                    search?: string;
                    /** @description With a hyphen, the other way round. `seq` is the sending order */
                    sort?: "seq" | "-seq" | "date" | "-date" | "number" | "-number" | "customer" | "-customer" | "department" | "-department" | "operation" | "-operation" | "state" | "-state" | "posted-as" | "-posted-as" | "amount" | "-amount";
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
        /** One document of a batch, with the target’s answer and each attempt to send it */
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
                /** @description What went wrong on our side */
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
         * How the posted documents of a batch changed the accounts
         * @description By account and class. An update counts with its difference from the former document. A former document that was only marked as in the books is unknown, and counts as nothing. While a batch waits for approval, this is how its documents would change them.
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
                /** @description What went wrong on our side */
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
         * A batch’s totals by kind, account, class, department, tax and deposit account, beside those of the books
         * @description `ours` is what the batch posted. `books` is what the newest verification read in the books, and null where it read nothing. Available once the batch has ended.
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
                /** @description What went wrong on our side */
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
         * The report as a workbook, with every document
         * @description The same batch and verification give the same bytes. Refused while a verification is running.
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
                /** @description What went wrong on our side */
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
        /** Continue a batch that is on hold */
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
                /** @description What went wrong on our side */
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
                            /** @description Why the order takes effect later, if it does */
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
        /** Start a new batch with the rejected, refused and blocked records, as they are now */
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
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Only the records that this stopped, as `causes` has it. Absent: all */
                        cause?: {
                            code: string;
                            subject: string | null;
                        };
                    } | null;
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
                /** @description What went wrong on our side */
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
        /** The documents of an undo, newest first */
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
                /** @description What went wrong on our side */
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
         * Undo a batch
         * @description Answers the first page of the documents that are undone, with what a person must remove from the books where the target can’t do it.
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
                /** @description What went wrong on our side */
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
        /** The newest verification of a batch, with its findings */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    /** @description Only what changed or was deleted since it was posted */
                    differing?: "only";
                    limit?: number;
                    /** @description With a hyphen, the other way round. `seq` is the order in which the documents were sent */
                    sort?: "seq" | "-seq" | "document" | "-document" | "status" | "-status" | "details" | "-details" | "amount" | "-amount" | "total" | "-total";
                    /** @description `same`: as it was posted; `changed`: changed in the books since; `gone`: deleted from the books */
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
                /** @description What went wrong on our side */
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
                            /** @description Documents that were checked so far. A document that a newer batch updated is checked with that batch */
                            counts: {
                                changed: number;
                                gone: number;
                                same: number;
                            };
                            endedAt: string | null;
                            findings: {
                                /** @description Send it as `after` for the next page; absent on the last */
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
                            /** @description Rises with each verification of the batch; only the newest is kept */
                            run: number;
                            /** Format: date-time */
                            startedAt: string;
                            startedBy: string;
                            /**
                             * @description `failed`: not all documents could be checked, and `reason` states why
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
         * Check that each document of a batch is still in the books as it was posted
         * @description Reads only. Follow it with GET …/verification; the findings of the former verification are dropped. A target that can’t be read answers 409 `readback-by-hand` with what a person does instead.
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is unbatched, what was posted per week, and what is left open in the books */
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Dashboard"];
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
    "/v1/companies/{company}/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The departments of the records, by name */
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
                /** @description What went wrong on our side */
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
         * Documents that were changed, voided or deleted in the books since they were posted
         * @description Newest first. A changed balance is not drift, and neither are our own writes. Nothing is overwritten automatically: a person decides.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    batch?: string;
                    limit?: number;
                    /** @description The decision. `resolved` by `ledgerpost`: the document was corrected in the books, or none of ours is there any more */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
         * Keep the document as it is in the books
         * @description Nothing is sent. Later updates start from the version in the books, and an undo does not remove it. A deleted document stays deleted: the record counts as posted and is not offered again.
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
                /** @description What went wrong on our side */
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
         * @description Only closes the drift; our posting stays as it was. A further change in the books is found again.
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
                /** @description What went wrong on our side */
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
         * Offer our version again, for the next batch
         * @description Nothing is sent now: the record is unbatched again and goes with the next batch, as an update of a changed document or as an insert of a deleted one. A further change in the books until then makes it a `conflict`. A changed payment, credit memo or journal entry can’t be sent again safely: the refusal states what to do instead.
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The imports of a company, newest first */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["Import"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Begin an import, with its first file or without
         * @description Send a file as application/octet-stream, with its name in `file`; or send nothing, and put the files next. Files are stored as they come and deleted after 30 days.
         */
        post: {
            parameters: {
                query?: {
                    file?: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import: its state, progress and last check */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Discard an import that was not applied */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description It is discarded, and its files are deleted */
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
    "/v1/companies/{company}/imports/{import}:apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply an import that was checked
         * @description In the background; follow it with GET. Records that would change what is in the books, and changes that come from the mapping alone, each need an acknowledgment. If something changed since the check, nothing is applied, and the import is `checked` again with `reason` import-changed.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        acknowledge?: ("posted-records" | "mapping-changed" | "absent-records")[];
                        /** @description Of the check that a person read */
                        digest: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}:check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check what an import would do
         * @description In the background; follow it with GET. Nothing is written to records.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}:decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about records that may be there already
         * @description For findings of kind `asked`. `same`: the id that the files make stands for the record that is there, from now on. `another`: both are kept. Then check the import again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        answers: {
                            /** @enum {string} */
                            answer: "same" | "another";
                            /** @description `details.candidate.id` of the finding */
                            candidate: string;
                            /** @description `record.id` of the finding */
                            id: string;
                            /** @enum {string} */
                            type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                        }[];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}:undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an import
         * @description Only while none of its records is or was in a batch. Records that are still as it left them return to what they were, or go. Records that somebody changed since stay, and are listed as `left`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Correct cells of an import
         * @description All corrections of the import; the files stay as they came. Then check again.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        corrections: {
                            /** @description As the file calls it */
                            column: string;
                            file: string;
                            /** @description As a spreadsheet counts, from 1 */
                            row: number;
                            value: string;
                        }[];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say what the files cover
         * @description All records of a type that are dated in these days, whatever their status. The check then lists those that came by the same mappings and are no longer in the files. Without a cover, nothing is concluded from absence.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        cover: {
                            /**
                             * @description For records that the files no longer have. `void` is for invoices, `removed` for the others
                             * @enum {string}
                             */
                            choice: "leave" | "void" | "removed";
                            /**
                             * Format: date
                             * @description Inclusive
                             */
                            from?: string;
                            /**
                             * Format: date
                             * @description Inclusive
                             */
                            to?: string;
                            /** @enum {string} */
                            type: "invoice" | "payment" | "refund" | "creditMemo";
                        } | null;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/imports/{import}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add a file to an import
         * @description A file of the same name is replaced. The files of an import may have 1 GB together.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    file: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
                    };
                };
            };
        };
        post?: never;
        /** Remove a file from an import */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    file: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/imports/{import}/files/{file}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of a file that could not be read, as CSV
         * @description The rows as they came, with a first column that states the reason. Of a record of several rows, all of them. Correct them and import the file again: only they come in.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    file: string;
                    import: string;
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description text/csv */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
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
    "/v1/companies/{company}/imports/{import}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the last check, apply or undo found, one thing a row
         * @description Unreadable and held-back rows and questions are all there; of other kinds the first 1,000 of each code.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    kind?: "unreadable" | "held-back" | "left-out" | "note" | "changed" | "asked" | "kept" | "absent" | "left";
                    limit?: number;
                    /** @description With a hyphen, the other way round. `seq` is the order in which they were found */
                    sort?: "seq" | "-seq" | "place" | "-place" | "value" | "-value" | "message" | "-message";
                };
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: {
                                code: string;
                                column: string | null;
                                details: {
                                    [key: string]: unknown;
                                } | null;
                                file: string | null;
                                /** @enum {string} */
                                kind: "unreadable" | "held-back" | "left-out" | "note" | "changed" | "asked" | "kept" | "absent" | "left";
                                message: string;
                                record: {
                                    id: string;
                                    /** @enum {string} */
                                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                                } | null;
                                row: number | null;
                                value: string | null;
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
    "/v1/companies/{company}/imports/{import}/first-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first rows of each file beside the records that they make */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
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
                /** @description What went wrong on our side */
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
                            readonly files: {
                                file: string;
                                readonly headers: string[];
                                readonly rows: {
                                    readonly cells: string[];
                                    row: number;
                                }[];
                            }[];
                            looked: components["schemas"]["ImportFilesSeen"];
                            readonly questions: {
                                readonly choices: string[];
                                column: string;
                                example: string;
                                file: string;
                                key: string;
                            }[];
                            readonly records: {
                                file: string;
                                record: {
                                    [key: string]: unknown;
                                };
                                readonly rows: number[];
                            }[];
                            readonly unreadable: {
                                code: string;
                                column?: string;
                                file: string;
                                message: string;
                                row: number;
                                value?: string;
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
    "/v1/companies/{company}/imports/{import}/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say how the files of an import are read
         * @description Whole mappings, or changes of a preset: `{ "extends": "jobber-invoices", "values": { "status": { "Sent": "finalized" } } }`. They come before the company’s own mappings and the presets. The answer shows what each file is now.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    import: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        mappings: unknown[];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Import"];
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
    "/v1/companies/{company}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations of the company that nobody has accepted yet, newest first */
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["Invitation"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite a person to the company
         * @description The link works once, for seven days. The address proves nothing: the person who opens the link accepts it.
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
                    "application/json": {
                        /** Format: email */
                        email?: string;
                        /** @description The full name */
                        name: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["InvitationLink"];
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
    "/v1/companies/{company}/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back; its link stops working at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    invitation: string;
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
                /** @description What went wrong on our side */
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
        /** Create a key of the company */
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
                        /** @description The person or system that uses it; the journal shows this name */
                        name: string;
                        /** @description What the key may do; admin covers everything */
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
                /** @description What went wrong on our side */
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
        /** Revoke a key; it stops working at once */
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/keys/{key}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name the person who answers for a key
         * @description Neither the owner nor the key approves what the other one started.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Null: nobody */
                        person: string | null;
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
                /** @description What went wrong on our side */
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company’s own mappings */
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
                /** @description What went wrong on our side */
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
                                mapping: unknown;
                                name: string;
                                /** Format: date-time */
                                savedAt: string;
                                savedBy: string;
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
    "/v1/companies/{company}/mappings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save a mapping
         * @description Whole, or as changes of a preset (`extends`). Files of the company are recognized by it before the presets. The records that it makes keep its name as their way.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        mapping: {
                            [key: string]: unknown;
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
                /** @description What went wrong on our side */
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
                            name: string;
                        };
                    };
                };
            };
        };
        post?: never;
        /** Remove a mapping */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    name: string;
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description It is removed; the records that it made stay */
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
    "/v1/companies/{company}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s notices by mail and in Slack */
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Notices"];
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
    "/v1/companies/{company}/notices/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose the notices of a channel */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: "email" | "slack";
                    company: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description An e-mail address, or the address of an incoming webhook of Slack. Absent: it stays. It is stored encrypted */
                        address?: string;
                        /** @default false */
                        digest?: boolean;
                        /** @description What to send */
                        matters: ("batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done")[];
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
                /** @description What went wrong on our side */
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
                            rows: components["schemas"]["NoticeSetting"][];
                        };
                    };
                };
            };
        };
        post?: never;
        /** Stop all messages to the caller over a channel */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: "email" | "slack";
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/notices/{channel}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an address by what its mail carried */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: "email" | "slack";
                    company: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description From the link in the mail */
                        token: string;
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
                /** @description What went wrong on our side */
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
                            rows: components["schemas"]["NoticeSetting"][];
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
    "/v1/companies/{company}/notices/{channel}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message to the caller
         * @description It goes out within seconds. `recent` of `GET …/notices` shows what became of it. An address that is not confirmed gets its confirmation mail instead.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    channel: "email" | "slack";
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
                /** @description What went wrong on our side */
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
                        "application/json": Record<string, never>;
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
    "/v1/companies/{company}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People with access to the company, by name */
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["Person"][];
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
    "/v1/companies/{company}/people/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a person’s roles in the company
         * @description A person without access there gets it only from an admin of the installation; others invite the person.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    person: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
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
                /** @description What went wrong on our side */
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
        post?: never;
        /**
         * Take away a person’s access to the company
         * @description Sessions and event streams end within seconds; open connects and invitations end too. Batches, schedules and approvals stay.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description What becomes of the keys that the person owns there */
                    keys?: "end" | "keep";
                };
                header?: never;
                path: {
                    company: string;
                    person: string;
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/people/{person}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link with which a person chooses a new way to sign in
         * @description It works once, for 24 hours, and ends all sessions of the person when it is used. An admin of a company makes it only for people without access to other companies.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    person: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["InvitationLink"];
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
         * @description One JSON object on each line, in any order. Refused lines are reported with their number; the others are saved. If the stream breaks, the lines that arrived whole are kept. Send it again: what is already saved counts as unchanged.
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
                /** @description What went wrong on our side */
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
        /** One record, and its state at each target */
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
                /** @description What went wrong on our side */
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
                            /** @description Its state at each enabled target: what is posted, what is open */
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
         * @description The same content again changes nothing. The body may leave out `type` and `id`; otherwise they must match the address.
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
                    "application/json": components["schemas"]["RecordAtAddressInput"];
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
        /** The targets that the company can send batches to */
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
         * Put the settings at a target; the first time enables the target
         * @description The body replaces all settings, in the form that GET /v1/targets/{target} shows. `{}` uses every default. At a target with a connection, a body without `accounts` keeps the default accounts, and one with `accounts` replaces all of them. `classes.mode` follows the books: leave it out, or send the books’ own mode. Spaces around names of the books are ignored. Each new name must be in the chart, where one is known: the connected books’, or the one that the settings declare. Secrets are sealed and never returned: one that is left out stays, and `null` removes it.
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
                /** @description What went wrong on our side */
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
         * @description The batch is saved as soon as this answers, also while Temporal is down: it then waits, and `waiting` states why. The same request with the same Idempotency-Key returns the same batch; another request with that key is refused as `key-reused`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Any text of your own that does not begin with `schedule/` */
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
                         * @description Warnings that a person has seen
                         * @default []
                         */
                        acknowledge?: "payments-without-invoices"[];
                        /** @description The preview’s digest: if records have changed since, the start is refused and shows what changed */
                        digest?: string;
                        /** @description 1 to 100 characters; absent: the proposed one */
                        name?: string;
                        /**
                         * @description Absent: as set in the settings
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
                                    /** @description Only records of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description Text in the number, reference or customer name. Case does not matter. */
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
                                    /** @description Only records of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description Text in the number, reference or customer name. Case does not matter. */
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
                /** @description What went wrong on our side */
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
        /**
         * Preview what a batch would send; starts nothing
         * @description A company may have 2 previews at a time; more are refused as `too-many-previews`. A preview stops when its caller ends the connection. The unbatched lists show the problems that it finds, unless it tries `settings`.
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
                         * @description How many problems to list at most
                         * @default 200
                         */
                        problems?: number;
                        /** @description No choice means everything. A choice in one list only means nothing from the other list. */
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
                                    /** @description Only records of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description Text in the number, reference or customer name. Case does not matter. */
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
                                    /** @description Only records of this department. */
                                    departmentId?: string;
                                    /**
                                     * Format: date
                                     * @description The first day, inclusive, in the company’s calendar.
                                     */
                                    from?: string;
                                    /** @description Text in the number, reference or customer name. Case does not matter. */
                                    search?: string;
                                    /**
                                     * Format: date
                                     * @description The last day, inclusive.
                                     */
                                    to?: string;
                                };
                            };
                        };
                        /** @description Settings to try, in the form of a `PUT` of the target; nothing is saved. Absent: those of the company */
                        settings?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description A screen only counts what could be sent. It does not count as the first preview of the company
                         * @default false
                         */
                        unasked?: boolean;
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/targets/{target}/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts, classes, payment methods, terms, tax codes and locations of the books
         * @description As they were last read from connected books, or as the settings declare them. Settings may use these names.
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["Chart"];
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
    "/v1/companies/{company}/targets/{target}/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connection: which books, what they offer, and what needs attention
         * @description The state when the books were last read. A refresh reads them again.
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
                /** @description What went wrong on our side */
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
         * Get the address at which a person signs in to the books and grants access
         * @description Open the address in a browser window: it is a page of ours, on which an admin signs in and confirms. Then the target asks which books to connect, and leads back to a page that shows the result. Only the browser that confirmed can connect. The address works once, for ten minutes, for this company, and while the key that asked for it is in force. A company without settings at the target gets the defaults. To reconnect, send the same request: the same books keep all postings, and other books are refused while documents are posted in the former.
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
                /** @description What went wrong on our side */
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
         * Disconnect: end the access, at the target too
         * @description The grant is revoked at the target and deleted here. Settings and postings stay: connecting the same books again continues from there.
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
                /** @description What went wrong on our side */
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
         * @description The name must exactly match an active account of the chart that fits the role; surrounding spaces are ignored. Otherwise the refusal shows the nearest names. If the account is new in the books, refresh the connection first.
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
                         * @description As in the chart of accounts; Parent:Child for a sub-account
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
                /** @description What went wrong on our side */
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
         * Create missing classes in the books
         * @description An existing class stays as it is. Parents of a Parent:Child are created too. Nothing else in Ledgerpost creates classes.
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
                /** @description What went wrong on our side */
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
         * @description Takes a few seconds. The answer is the connection as it is then, with what no longer works.
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/targets/{target}/found": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The categories, taxes, payment methods, terms, classes and departments found in open records
         * @description The most frequent names first, at most 500. Departments only where the books keep locations.
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
                /** @description What went wrong on our side */
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
                            rows: components["schemas"]["FoundName"][];
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
    "/v1/companies/{company}/targets/{target}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last check of the books for changes */
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
                /** @description What went wrong on our side */
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
         * Check now for documents that were changed, voided or deleted in the books
         * @description Reads only. Follow it with GET. A check that is already running starts again at its end. A target that does not report changes answers 409 `drift-not-told`.
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
                /** @description What went wrong on our side */
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
    "/v1/companies/{company}/targets/{target}/matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Our customers, or products and services, with what each is in the books
         * @description By name. Those that an unbatched document uses, or that have a link, as all have that are posted. Names in the books are those of the last reading; nothing is asked there now.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next` of the page before */
                    after?: string;
                    /** @description `item`: a product or service */
                    kind: "customer" | "item";
                    limit?: number;
                    /** @description In the name; upper and lower case are the same */
                    q?: string;
                    /** @description With a hyphen, the other way round. `there`: by the name in the books */
                    sort?: "name" | "-name" | "documents" | "-documents" | "state" | "-state" | "there" | "-there";
                    /** @description `linked`: its documents go to that one. `same-name`: exactly one there has its name. `similar`: there are near names, or the same phone, e-mail or address. `only-here`: will be created. `to-match`: a person must choose. `broken`: what it was linked to was merged, deleted or made inactive */
                    state?: "linked" | "same-name" | "similar" | "only-here" | "to-match" | "broken";
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["MatchingRow"][];
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
    "/v1/companies/{company}/targets/{target}/matching:accept-same-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link all whose name exactly one in the books has, and no other of ours */
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
                         * @description Absent: both
                         * @enum {string}
                         */
                        kind?: "customer" | "item";
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
                /** @description What went wrong on our side */
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
                            linked: number;
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
    "/v1/companies/{company}/targets/{target}/matching:refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read all names of customers, products and services from the books again
         * @description Finds what was renamed, merged, deleted or made inactive there. Reads a thousand names a request; 20,000 take a few seconds.
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
                /** @description What went wrong on our side */
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
                            customer: {
                                broken: number;
                                linked: number;
                                "only-here": number;
                                /** @description In the books, and linked to none of ours */
                                "only-there": number;
                                "same-name": number;
                                similar: number;
                                "to-match": number;
                            };
                            item: {
                                broken: number;
                                linked: number;
                                "only-here": number;
                                /** @description In the books, and linked to none of ours */
                                "only-there": number;
                                "same-name": number;
                                similar: number;
                                "to-match": number;
                            };
                            /** @description When all names were last read from the books; null: never, so nothing is known about the books */
                            listedAt: string | null;
                            /** @description Names that were read */
                            read: number;
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
    "/v1/companies/{company}/targets/{target}/matching.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The matching as a CSV file
         * @description One line for each customer, product and service of ours. The column `choice` has the id that it is linked to; PUT reads it back.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Absent: both */
                    kind?: "customer" | "item";
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
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description The file, in UTF-8 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        /**
         * Decide by a CSV file: all of its lines, or none
         * @description The file that GET answers, with the column `choice` filled in: an id in the books, `create`, `another`, `same:KEY` or `undo`. A line without a choice changes nothing. `key` and `name` must be those of one of ours, so that a spreadsheet that changed them is noticed. If any line is wrong, nothing is changed, and `details.fields` names each.
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
                    "text/csv": string;
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
                /** @description What went wrong on our side */
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
                            changed: number;
                            /** @description Lines whose choice was so already */
                            unchanged: number;
                            withoutChoice: number;
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
    "/v1/companies/{company}/targets/{target}/matching/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Decide what one of ours is in the books
         * @description Counts for documents from now on: posted documents stay where they are. 409 while an open batch is about to create that name.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    key: string;
                    /** @description `item`: a product or service */
                    kind: "customer" | "item";
                    target: string;
                };
                cookie?: never;
            };
            /** @description One of `externalId`, `create`, `same`, `another` */
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The id in the books */
                        externalId: string;
                    } | {
                        /**
                         * @description It is none of those in the books: create it
                         * @enum {boolean}
                         */
                        create: true;
                    } | {
                        /** @description The key of another of ours: both are one */
                        same: string;
                    } | {
                        /**
                         * @description It is another one of the same name: create it under a name that the books can tell apart
                         * @enum {boolean}
                         */
                        another: true;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["MatchingRow"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Undo the decision: the link ends, and the next document is matched again
         * @description Posted documents stay where they are.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    key: string;
                    /** @description `item`: a product or service */
                    kind: "customer" | "item";
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["MatchingRow"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/companies/{company}/targets/{target}/matching/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names that the books have, to search in */
        get: {
            parameters: {
                query: {
                    /** @description `next` of the page before */
                    after?: string;
                    /** @description `item`: a product or service */
                    kind: "customer" | "item";
                    limit?: number;
                    /** @description In the name; upper and lower case are the same */
                    q?: string;
                    /** @description With a hyphen, the other way round. `contact`: by e-mail, then phone */
                    sort?: "name" | "-name" | "id" | "-id" | "contact" | "-contact" | "account" | "-account";
                    /** @description `true`: only those that are linked to none of ours */
                    unlinked?: "true" | "false";
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["BookName"][];
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
    "/v1/companies/{company}/targets/{target}/matching/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many of ours are linked, can be linked, will be created, or need a person */
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["MatchingCounts"];
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
                        /** @description Its id in the books */
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
                /** @description What went wrong on our side */
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
        /** The schedule, when it is due next, and how its last run ended */
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
                /** @description What went wrong on our side */
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
         * @description There is at most one, and the body replaces it. A paused schedule stays paused. It is saved as soon as this answers, also while Temporal is down: `waiting` then states that.
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
                         * @description Warnings that are acknowledged in advance. Such payments are then sent unapplied. A run that meets a warning that is not listed starts no batch and reports that a person must choose.
                         * @default []
                         */
                        acknowledge?: "payments-without-invoices"[];
                        /** @description On which days. */
                        days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
                        /** @description Only records of this department. */
                        departmentId?: string;
                        /**
                         * @description Which of the unbatched records are sent.
                         * @default everything
                         * @enum {string}
                         */
                        send?: "everything" | "invoices" | "payments";
                        /** @description At which times, HH:MM in the company’s time zone. */
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
                /** @description What went wrong on our side */
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
        /** Remove the schedule; batches that it started continue */
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
                /** @description What went wrong on our side */
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
        /** Pause the schedule: it starts no batch until it is resumed */
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
                /** @description What went wrong on our side */
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
        /** Resume the schedule, also one that was paused in Temporal itself */
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
                /** @description What went wrong on our side */
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
        /** The runs with their outcomes, newest first; also those of a removed schedule */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["ScheduleRun"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Run the schedule now, also if it is paused
         * @description If a batch starts, the caller is the person who started it.
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
                /** @description What went wrong on our side */
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
        /** Invoices (with credit memos) or payments (with refunds) that still have something to send */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    /** @description Only what can’t be sent: what is stopped, and what the last preview or batch found a problem with */
                    attention?: "only";
                    departmentId?: string;
                    /** @description Inclusive */
                    from?: string;
                    limit?: number;
                    /** @description In number, reference and customer name; upper and lower case are the same */
                    search?: string;
                    /** @description With a hyphen, the other way round */
                    sort?: "date" | "-date" | "number" | "-number" | "amount" | "-amount" | "customer" | "-customer" | "department" | "-department" | "operation" | "-operation";
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["UnbatchedRow"][];
                            /** @description Of all rows of the filter, not of this page alone */
                            totals: {
                                /** @description Minor units of the company’s currency (cents) */
                                amount: number;
                                /** @description Of these: documents that the last check found a problem with */
                                attention: number;
                                documents: number;
                                operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list") | null;
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
    "/v1/companies/{company}/twins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments and refunds of the API that a file may have brought before */
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
                /** @description What went wrong on our side */
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
                                /** Format: date-time */
                                foundAt: string;
                                id: string;
                                twin: string;
                                /** @enum {string} */
                                type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
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
    "/v1/companies/{company}/twins/{type}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide whether a payment or refund is the one that a file brought before
         * @description `same`: it is never sent, because the one that came first counts. `another`: it is sent.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    company: string;
                    id: string;
                    type: "payment" | "refund";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        answer: "same" | "another";
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
                /** @description What went wrong on our side */
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
                            answer: "same" | "another";
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
    "/v1/import-presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exports that Ledgerpost knows, and how sure it is of each */
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
                /** @description What went wrong on our side */
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
                                readonly files: {
                                    readonly known: string[];
                                    optional: boolean;
                                    role: string;
                                    title: string;
                                }[];
                                /** @enum {string} */
                                grade: "documented" | "used" | "guess" | "own";
                                mapping: {
                                    [key: string]: unknown;
                                };
                                name: string;
                                readonly notes: string[];
                                readonly records: string[];
                                source: string;
                                title: string;
                                yieldsTo: string | null;
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
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations of the installation that nobody has accepted yet, newest first */
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["Invitation"][];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite a person to the installation, or to several companies
         * @description The link works once, for seven days. The address proves nothing: the person who opens the link accepts it.
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
                        /** @default [] */
                        companies?: {
                            company: string;
                            roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
                        }[];
                        /** Format: email */
                        email?: string;
                        /** @description The full name */
                        name: string;
                        /**
                         * @description Roles in all companies
                         * @default []
                         */
                        roles?: ("source" | "viewer" | "poster" | "approver" | "admin")[];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["InvitationLink"];
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
    "/v1/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back; its link stops working at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    invitation: string;
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
                /** @description What went wrong on our side */
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
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal of the installation: its keys and sessions, and refused keys by address; newest first
         * @description Refused keys are summed up: a line for the first one from an address in a minute (`key.refused`), and one when there are so many that further ones are answered 429 (`key.blocked`).
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    after?: string;
                    limit?: number;
                    subject?: string;
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
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
                /** @description What went wrong on our side */
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
        /** Create a key of the installation */
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
                        /** @description The person or system that uses it; the journal shows this name */
                        name: string;
                        /** @description What the key may do; admin covers everything */
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
                /** @description What went wrong on our side */
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
        /** Revoke a key; it stops working at once */
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
                /** @description What went wrong on our side */
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
    "/v1/keys/{key}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name the person who answers for a key
         * @description Neither the owner nor the key approves what the other one started.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Null: nobody */
                        person: string | null;
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
                /** @description What went wrong on our side */
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
        post?: never;
        delete?: never;
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
         * The address to which the target leads back after a person granted access
         * @description For browsers: answers a page, also when it refuses. The `state` in it proves that an admin asked for it, and a cookie that this browser confirmed it; it works once.
         */
        get: {
            parameters: {
                query?: {
                    code?: string;
                    /** @description From the target, if the person did not grant access */
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
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Not connected, for a reason on our side or the target’s */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
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
        /**
         * Choose books, where the granted access opens several
         * @description For the form of the page. It works once, for ten minutes, in the browser that confirmed the request.
         */
        post: {
            parameters: {
                query?: {
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": {
                        /** @description The books, as the target names them */
                        account: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description Not connected: why, and what to do */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Not connected, for a reason on our side or the target’s */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oauth/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page on which an admin confirms a request to connect books
         * @description For browsers. The address comes from `POST …/connection`. The page asks the person to sign in, then names the company and the person who asked, and leads to the target.
         */
        get: {
            parameters: {
                query?: {
                    request?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No such request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Not possible now */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Sign in, or confirm */
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
        /**
         * Confirm a request to connect books
         * @description For the form of the page. A program sends an admin’s key as Authorization: the answer’s `Refresh` header then holds the target’s address, and its cookie must come back with the callback.
         */
        post: {
            parameters: {
                query?: {
                    request?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description The page’s own form: a key to sign in with, or the confirmation of a session. A program sends its key as Authorization */
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": ({
                        csrf?: string;
                        key?: string;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                };
            };
            responses: {
                /** @description Not confirmed */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Not possible now */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                        "text/html": string;
                    };
                };
                /** @description Confirmed: the page leads to the target */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                /** @description Default Response */
                303: {
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
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s companies, with the numbers of their home pages and what waits for a person */
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
                /** @description What went wrong on our side */
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
                            /** @description Send it as `after` for the next page; absent on the last */
                            next?: string;
                            readonly rows: components["schemas"]["CompanyAtAGlance"][];
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
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All people with access, by name */
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["Person"][];
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
    "/v1/people/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a person’s roles in all companies
         * @description A person without access there gets it only from an admin of the installation; others invite the person.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    person: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
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
                /** @description What went wrong on our side */
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
        post?: never;
        /**
         * Take away all access of a person
         * @description Sessions and event streams end within seconds; open connects and invitations end too. Batches, schedules and approvals stay.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description What becomes of the keys that the person owns there */
                    keys?: "end" | "keep";
                };
                header?: never;
                path: {
                    person: string;
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
                /** @description What went wrong on our side */
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
    "/v1/people/{person}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make two people one, who are the same person
         * @description Access, accounts and keys of the other one go to this one. It can’t be reversed.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    person: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        other: string;
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
                /** @description What went wrong on our side */
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
    "/v1/people/{person}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link with which a person chooses a new way to sign in
         * @description It works once, for 24 hours, and ends all sessions of the person when it is used. An admin of a company makes it only for people without access to other companies.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    person: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["InvitationLink"];
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
    "/v1/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests that targets count by the month
         * @description Months and days are in UTC. Requests by other programs with the same registration are not counted here.
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
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What went wrong on our side */
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
                            rows: components["schemas"]["QuotaUse"][];
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
         * Seal all grants with the first sealing key
         * @description Do this once every API and every worker has the new key first in LEDGERPOST_SEALING_KEYS. When nothing is unreadable, remove the former keys. It can be repeated at any time.
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
                /** @description What went wrong on our side */
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
        /** The caller, and the caller’s roles */
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
                /** @description What went wrong on our side */
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
         * @description Sets a cookie that only the browser reads. The session has the key’s roles. It ends with DELETE, after 12 hours without a request, after seven days, or when the key is revoked.
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s own sessions, newest first */
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
                /** @description What went wrong on our side */
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
                            readonly rows: components["schemas"]["ListedSession"][];
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
    "/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the caller’s own sessions */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    session: string;
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
                /** @description What went wrong on our side */
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
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How people sign in here */
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["SignInWays"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Sign in with an address and a password: starts a session
         * @description After some wrong passwords of a person each further attempt takes longer, up to eight seconds. Nobody is locked out.
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
                        email: string;
                        password: string;
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
                /** @description What went wrong on our side */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation, with a new password or as the person who is signed in
         * @description Starts a session. Without a password the session of this browser accepts it; send its `X-CSRF-Token`. `POST /v1/sign-in/account` accepts invitations instead, if a provider is configured.
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
                        /**
                         * Format: email
                         * @description The name for signing in, where the invitation has none
                         */
                        email?: string;
                        /** @description The full name; absent: as in the invitation */
                        name?: string;
                        password?: string;
                        token: string;
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
                /** @description What went wrong on our side */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in at the provider
         * @description Open the address in this browser within ten minutes: the cookie of this answer must come back with the provider’s answer. With an invitation, signing in accepts it.
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
                        invitation?: string;
                        /** @description The page of the console to open afterwards; absent: the first one */
                        returnTo?: string;
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
                /** @description What went wrong on our side */
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
                            /** Format: uri */
                            url: string;
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
    "/v1/sign-in/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the sign-in provider leads back
         * @description For browsers. Leads to the console; where the sign-in failed, with the code of the error as `problem`.
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
                /** @description What is wrong with the request */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description What went wrong on our side */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemAnswer"];
                    };
                };
                /** @description Default Response */
                303: {
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
    "/v1/sign-in/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation offers */
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
                        token: string;
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["OfferedInvitation"];
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
                /** @description What went wrong on our side */
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
                /** @description What went wrong on our side */
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
    "/v1/temporal/decode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Customers of today for Temporal’s UI and command line
         * @description Temporal’s remote data decoding (a codec server). To each document that a step’s result shows it adds what the document is, its customer by today’s name, and the customer’s id in the books. Needs a key, or a person’s session, with a role in the whole installation. Without, and for payloads of anything else, the payloads come back as they were sent.
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
                    "application/json": components["schemas"]["TemporalPayloadsInput"];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["TemporalPayloads"];
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
    "/v1/temporal/encode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What Temporal’s programs send, without the names that were shown
         * @description The other half of a codec server. Nothing is encoded, and names that `decode` added are removed.
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
                    "application/json": components["schemas"]["TemporalPayloadsInput"];
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
                /** @description What went wrong on our side */
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
                        "application/json": components["schemas"]["TemporalPayloads"];
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
         * The address at which a target reports changes in the books
         * @description For vendors: `quickbooks-online` accepts Intuit’s webhooks in both forms, signed in `intuit-signature`. Answered at once; a check for changes follows within half a minute. Books without a connection here are not an error, and a repeated notice does nothing.
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
                /** @description What went wrong on our side */
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
            /** @description The person who answers for it; null for a key from before people signed in, until an admin names one */
            ownerId: string | null;
            revokedAt: string | null;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        ApiKeyInput: {
            companyId: string | null;
            createdAt: unknown;
            createdBy: string;
            id: string;
            name: string;
            /** @description The person who answers for it; null for a key from before people signed in, until an admin names one */
            ownerId: string | null;
            revokedAt: unknown | null;
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        AuthorizeAddress: {
            /**
             * Format: uri
             * @example https://ledgerpost.example.com/v1/oauth/connect?request=…
             */
            authorizeUrl: string;
            /** Format: date-time */
            expiresAt: string;
        };
        AuthorizeAddressInput: {
            /**
             * Format: uri
             * @example https://ledgerpost.example.com/v1/oauth/connect?request=…
             */
            authorizeUrl: string;
            expiresAt: unknown;
        };
        Batch: {
            approvedBy: string | null;
            cancelRequestedBy: string | null;
            confirmedAt: string | null;
            /** @description The person who confirmed that the files were loaded */
            confirmedBy: string | null;
            /** @description What the person who approved or declined wrote to it */
            decisionComment: string | null;
            /** @description The batch has ended: nothing more happens without a person */
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
                /** @description Documents that the current step has finished */
                done: number;
                /** @description Documents in all */
                items: number;
                /** @description Documents in the current step */
                of: number;
                /** @description Documents by item state */
                states: {
                    [key: string]: number;
                };
            };
            /** @description Why it ended as it did, or why it is on hold */
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
            /** @description `person:<id>`, `key:<id>` or `schedule`; null for a batch from before people signed in */
            startedById: string | null;
            /** @description The id of the person who started it, or who owned the key that did. Neither they nor their keys may approve it */
            starterId: string | null;
            /** @enum {string} */
            state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            target: string;
            totals: components["schemas"]["BatchTotals"] | null;
            undoCount: number;
            /** @description Rises with every change; send it as `after` to wait for the next */
            version: number;
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
            /**
             * Format: date-time
             * @description Until when the accounting system accepts nothing more, if that is known; then the batch continues by itself
             */
            waitingUntil?: string;
        };
        BatchFile: {
            documents: number;
            /** @description The file that /download answers */
            download: boolean;
            mediaType: string;
            name: string;
            ordinal: number;
            /** @description Rows of data, without headers */
            rows: number;
            sha256: string;
            size: number;
        };
        BatchFileInput: {
            documents: number;
            /** @description The file that /download answers */
            download: boolean;
            mediaType: string;
            name: string;
            ordinal: number;
            /** @description Rows of data, without headers */
            rows: number;
            sha256: string;
            size: number;
        };
        BatchInput: {
            approvedBy: string | null;
            cancelRequestedBy: string | null;
            confirmedAt: unknown | null;
            /** @description The person who confirmed that the files were loaded */
            confirmedBy: string | null;
            /** @description What the person who approved or declined wrote to it */
            decisionComment: string | null;
            /** @description The batch has ended: nothing more happens without a person */
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
                /** @description Documents that the current step has finished */
                done: number;
                /** @description Documents in all */
                items: number;
                /** @description Documents in the current step */
                of: number;
                /** @description Documents by item state */
                states: {
                    [key: string]: number;
                };
            };
            /** @description Why it ended as it did, or why it is on hold */
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
            /** @description `person:<id>`, `key:<id>` or `schedule`; null for a batch from before people signed in */
            startedById: string | null;
            /** @description The id of the person who started it, or who owned the key that did. Neither they nor their keys may approve it */
            starterId: string | null;
            /** @enum {string} */
            state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            target: string;
            totals: components["schemas"]["BatchTotalsInput"] | null;
            undoCount: number;
            /** @description Rises with every change; send it as `after` to wait for the next */
            version: number;
            /** @description Why nothing happens yet, in a sentence */
            waiting?: string;
            /** @description Until when the accounting system accepts nothing more, if that is known; then the batch continues by itself */
            waitingUntil?: unknown;
        };
        BatchItem: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            customerId: string | null;
            /** @description The customer as the document names it; null until it is frozen */
            customerName: string | null;
            /** @description The day of the document, YYYY-MM-DD; null until it is frozen */
            date: string | null;
            /** @description The department that the document had; null until it is frozen, or where it has none */
            departmentName: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
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
                /** @description Null: in progress, or the worker that sent it stopped */
                endedAt: string | null;
                /** @description `answered`, or the code of what went wrong; null as long as `endedAt` is */
                outcome: string | null;
                /** @description Of the call that sent the item, alone or with others */
                requestId: string;
                /** Format: date-time */
                sentAt: string;
                /** @description The target’s own ids of the requests, for the target’s support */
                readonly traces: string[];
            }[];
            customer: {
                /** @description In the books: the one that the document went to, else the one that the customer is linked to */
                externalId: string | null;
                id: string;
                /** @description Our name of today */
                name: string;
                /** @description When the books were last read; null: unknown */
                nameInBooks: string | null;
            } | null;
            customerId: string | null;
            /** @description The customer as the document names it; null until it is frozen */
            customerName: string | null;
            /** @description The day of the document, YYYY-MM-DD; null until it is frozen */
            date: string | null;
            /** @description The department that the document had; null until it is frozen, or where it has none */
            departmentName: string | null;
            /** @description As it is sent: customer, dates, lines, tax, what it is applied to; null before it was built */
            document: ({
                currency: string;
                date: string;
                kind: string;
            } & {
                [key: string]: unknown;
            }) | null;
            externalId: string | null;
            /** @description The document that an update replaces; null where there is none, or where no batch posted it */
            former: ({
                currency: string;
                date: string;
                kind: string;
            } & {
                [key: string]: unknown;
            }) | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description The address of its page in the books; absent where there is no such page */
            page?: string;
            postedAt: string | null;
            readonly problems: components["schemas"]["DocumentProblem"][];
            /** @description The target’s answer; null before it, and at a target of files */
            receipt: {
                /** @description More of the target’s answer, in its own words */
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
                /** @description Null: in progress, or the worker that sent it stopped */
                endedAt: unknown | null;
                /** @description `answered`, or the code of what went wrong; null as long as `endedAt` is */
                outcome: string | null;
                /** @description Of the call that sent the item, alone or with others */
                requestId: string;
                sentAt: unknown;
                /** @description The target’s own ids of the requests, for the target’s support */
                readonly traces: string[];
            }[];
            customer: {
                /** @description In the books: the one that the document went to, else the one that the customer is linked to */
                externalId: string | null;
                id: string;
                /** @description Our name of today */
                name: string;
                /** @description When the books were last read; null: unknown */
                nameInBooks: string | null;
            } | null;
            customerId: string | null;
            /** @description The customer as the document names it; null until it is frozen */
            customerName: string | null;
            /** @description The day of the document, YYYY-MM-DD; null until it is frozen */
            date: string | null;
            /** @description The department that the document had; null until it is frozen, or where it has none */
            departmentName: string | null;
            /** @description As it is sent: customer, dates, lines, tax, what it is applied to; null before it was built */
            document: ({
                currency: string;
                date: string;
                kind: string;
            } & {
                [key: string]: unknown;
            }) | null;
            externalId: string | null;
            /** @description The document that an update replaces; null where there is none, or where no batch posted it */
            former: ({
                currency: string;
                date: string;
                kind: string;
            } & {
                [key: string]: unknown;
            }) | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description The address of its page in the books; absent where there is no such page */
            page?: string;
            postedAt: unknown | null;
            readonly problems: components["schemas"]["DocumentProblemInput"][];
            /** @description The target’s answer; null before it, and at a target of files */
            receipt: {
                /** @description More of the target’s answer, in its own words */
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
            /** @description The customer as the document names it; null until it is frozen */
            customerName: string | null;
            /** @description The day of the document, YYYY-MM-DD; null until it is frozen */
            date: string | null;
            /** @description The department that the document had; null until it is frozen, or where it has none */
            departmentName: string | null;
            externalId: string | null;
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
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
            /** @description Their sum is zero */
            readonly entries: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description Minor units; debits are above zero, credits below */
                amount: number;
                class: string | null;
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund" | "fee";
            }[];
            /** @description The tax that the books computed less ours; the entries have theirs. 0 where our tax is posted */
            taxDifference: number;
        };
        BatchLedgerInput: {
            currency: string;
            /** @description Their sum is zero */
            readonly entries: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description Minor units; debits are above zero, credits below */
                amount: number;
                class: string | null;
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund" | "fee";
            }[];
            /** @description The tax that the books computed less ours; the entries have theirs. 0 where our tax is posted */
            taxDifference: number;
        };
        BatchReport: {
            /** @description Debits are above zero, credits below; the sum of either side is zero */
            readonly accounts: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund" | "fee";
            }[];
            /** @description Tax of invoices less tax of credit memos, where the books tell which agency it is owed to */
            readonly agencies: {
                /** @description Null: our tax that is not divided by agency */
                agency: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            batch: {
                confirmedAt: string | null;
                /** @description The person who confirmed that the files were loaded */
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
            /** @description How the books’ side was read */
            books: {
                /**
                 * @description Whether the target is read through its interface, or a person reads the books
                 * @enum {string}
                 */
                by: "target" | "hand";
                /** @description How to find out what the books hold, in a few sentences */
                how: string;
                /** @description Documents of which accounts, classes, tax and deposits are known too */
                linesTold: number;
                /** @description Documents that it checked */
                looked: number;
                /** @description Documents that a newer batch replaced: they are checked with that batch */
                superseded: number;
                /** @description The verification that read the books’ side; null: there is none yet, or none is possible */
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
            /** @description Lines of invoices less lines of credit memos, without tax */
            readonly classes: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch posted */
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
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The document’s department when it was batched */
                department: string | null;
                /** @enum {string} */
                kind: "invoice" | "payment" | "journal" | "creditMemo";
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Payments by deposit account */
            readonly deposits: {
                /** @description Null: the books’ own */
                account: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Documents that differ in the books; the first of them */
            differing: {
                count: number;
                readonly rows: components["schemas"]["ReportItem"][];
            };
            /** @description Documents that the batch posted, without those that were undone */
            documents: number;
            readonly operations: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @enum {string} */
                operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
                /** @description What the batch posted */
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
            /** @description Tax of invoices less tax of credit memos */
            readonly taxes: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The tax code in the books; null: none is mapped */
                code: string | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
        };
        BatchReportInput: {
            /** @description Debits are above zero, credits below; the sum of either side is zero */
            readonly accounts: {
                /** @description By its full name; null: the books’ own account for that role */
                account: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
                /** @enum {string} */
                role: "income" | "tax" | "receivable" | "deposit" | "refund" | "fee";
            }[];
            /** @description Tax of invoices less tax of credit memos, where the books tell which agency it is owed to */
            readonly agencies: {
                /** @description Null: our tax that is not divided by agency */
                agency: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            batch: {
                confirmedAt: unknown | null;
                /** @description The person who confirmed that the files were loaded */
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
            /** @description How the books’ side was read */
            books: {
                /**
                 * @description Whether the target is read through its interface, or a person reads the books
                 * @enum {string}
                 */
                by: "target" | "hand";
                /** @description How to find out what the books hold, in a few sentences */
                how: string;
                /** @description Documents of which accounts, classes, tax and deposits are known too */
                linesTold: number;
                /** @description Documents that it checked */
                looked: number;
                /** @description Documents that a newer batch replaced: they are checked with that batch */
                superseded: number;
                /** @description The verification that read the books’ side; null: there is none yet, or none is possible */
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
            /** @description Lines of invoices less lines of credit memos, without tax */
            readonly classes: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                class: string | null;
                /** @description What the batch posted */
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
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The document’s department when it was batched */
                department: string | null;
                /** @enum {string} */
                kind: "invoice" | "payment" | "journal" | "creditMemo";
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Payments by deposit account */
            readonly deposits: {
                /** @description Null: the books’ own */
                account: string | null;
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description What the batch posted */
                ours: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                };
            }[];
            /** @description Documents that differ in the books; the first of them */
            differing: {
                count: number;
                readonly rows: components["schemas"]["ReportItemInput"][];
            };
            /** @description Documents that the batch posted, without those that were undone */
            documents: number;
            readonly operations: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @enum {string} */
                operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
                /** @description What the batch posted */
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
            /** @description Tax of invoices less tax of credit memos */
            readonly taxes: {
                /** @description What the books hold; null: the books reported none of these documents */
                books: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    /** @description The books’ amount less those of ours that the books reported */
                    difference: number;
                    documents: number;
                    /** @description Those of ours that the books reported: compare the books’ amount with these */
                    of: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                } | null;
                /** @description The tax code in the books; null: none is mapped */
                code: string | null;
                /** @description What the batch posted */
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
        BookName: {
            /** @description The income account of a product or service */
            account: string | null;
            active: boolean;
            email: string | null;
            externalId: string;
            /** @description How many of ours are linked to it */
            linked: number;
            name: string;
            /** @description The full name of the one above it */
            parent: string | null;
            phone: string | null;
            /** @description Of a product or service, in the books’ own words */
            type: string | null;
        };
        BookNameInput: {
            /** @description The income account of a product or service */
            account: string | null;
            active: boolean;
            email: string | null;
            externalId: string;
            /** @description How many of ours are linked to it */
            linked: number;
            name: string;
            /** @description The full name of the one above it */
            parent: string | null;
            phone: string | null;
            /** @description Of a product or service, in the books’ own words */
            type: string | null;
        };
        Cause: {
            /** @description A problem code; see docs/errors.md */
            code: string;
            documents: number;
            /** @description The problem of the first of them */
            example: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record that the problem is about; it may be another record than the document’s own */
                record: {
                    id: string;
                    /** @enum {string} */
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            };
            /** @description How many of them by operation */
            operations: {
                [key: string]: number;
            };
            /** @enum {string} */
            severity: "problem" | "warning" | "notice";
            /** @description The name that the problems quote: an account, a tax, a class */
            subject: string | null;
        };
        CauseInput: {
            /** @description A problem code; see docs/errors.md */
            code: string;
            documents: number;
            /** @description The problem of the first of them */
            example: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record that the problem is about; it may be another record than the document’s own */
                record: {
                    id: string;
                    /** @enum {string} */
                    type: "customer" | "department" | "service" | "job" | "invoice" | "payment" | "refund" | "creditMemo";
                };
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            };
            /** @description How many of them by operation */
            operations: {
                [key: string]: number;
            };
            /** @enum {string} */
            severity: "problem" | "warning" | "notice";
            /** @description The name that the problems quote: an account, a tax, a class */
            subject: string | null;
        };
        Chart: {
            readonly accounts: {
                active: boolean;
                name: string;
                /** @description The books’ own word for it */
                type: string;
            }[];
            readonly classes: {
                active: boolean;
                name: string;
            }[];
            /** @description QuickBooks: locations. Empty where the books keep none */
            readonly departments: {
                active: boolean;
                name: string;
            }[];
            /** @description Whether there is a chart. Without one, the lists are empty and names can’t be checked */
            known: boolean;
            readonly paymentMethods: {
                active: boolean;
                name: string;
            }[];
            readonly taxCodes: {
                active: boolean;
                name: string;
            }[];
            readonly terms: {
                active: boolean;
                name: string;
            }[];
        };
        ChartInput: {
            readonly accounts: {
                active: boolean;
                name: string;
                /** @description The books’ own word for it */
                type: string;
            }[];
            readonly classes: {
                active: boolean;
                name: string;
            }[];
            /** @description QuickBooks: locations. Empty where the books keep none */
            readonly departments: {
                active: boolean;
                name: string;
            }[];
            /** @description Whether there is a chart. Without one, the lists are empty and names can’t be checked */
            known: boolean;
            readonly paymentMethods: {
                active: boolean;
                name: string;
            }[];
            readonly taxCodes: {
                active: boolean;
                name: string;
            }[];
            readonly terms: {
                active: boolean;
                name: string;
            }[];
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
        CompanyAtAGlance: {
            /** @description Changes in the books without a decision */
            changed: number;
            /** @description When the books were last checked for changes */
            readonly checks: {
                /** @description Null: none has ended yet */
                endedAt: string | null;
                /** @description The newest check could not read the books */
                failed: boolean;
                target: string;
            }[];
            /** @description ISO 4217 */
            currency: string;
            id: string;
            /** @description Money that a person has to apply in the books, as batches left it; refunds of the last 13 weeks. Ledgerpost does not know which of it was applied there since */
            readonly leftOpen: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /**
                 * @description `payments`: unapplied in the books. `refunds`: their journals left Accounts Receivable open
                 * @enum {string}
                 */
                of: "payments" | "refunds";
                /** @description At most five */
                readonly oldest: {
                    /** @description Minor units of the company’s currency */
                    amount: number;
                    batchId: string;
                    customer: string | null;
                    number: string;
                    /** @description Its place in the batch */
                    seq: number;
                }[];
                target: string;
            }[];
            name: string;
            /** @description Batches on hold */
            onHold: number;
            /** @description IANA name */
            timeZone: string;
            /** @description Batches that wait for approval */
            toApprove: number;
            /** @description What is in no batch yet. Lists without any are left out */
            readonly unbatched: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /** @enum {string} */
                list: "invoices" | "payments";
                /** @description YYYY-MM-DD */
                oldest: string;
                target: string;
            }[];
            /** @description What batches posted in the last 13 weeks, oldest first. Undone batches don’t count */
            readonly weeks: {
                /** @description Minor units of the company’s currency */
                invoiced: number;
                /** @description Documents */
                invoices: number;
                /** @description Refunds, credit memos and warnings */
                others: number;
                /** @description Minor units of the company’s currency */
                paid: number;
                payments: number;
                /** @description Its Monday, in the company’s time zone */
                week: string;
            }[];
        };
        CompanyAtAGlanceInput: {
            /** @description Changes in the books without a decision */
            changed: number;
            /** @description When the books were last checked for changes */
            readonly checks: {
                /** @description Null: none has ended yet */
                endedAt: unknown | null;
                /** @description The newest check could not read the books */
                failed: boolean;
                target: string;
            }[];
            /** @description ISO 4217 */
            currency: string;
            id: string;
            /** @description Money that a person has to apply in the books, as batches left it; refunds of the last 13 weeks. Ledgerpost does not know which of it was applied there since */
            readonly leftOpen: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /**
                 * @description `payments`: unapplied in the books. `refunds`: their journals left Accounts Receivable open
                 * @enum {string}
                 */
                of: "payments" | "refunds";
                /** @description At most five */
                readonly oldest: {
                    /** @description Minor units of the company’s currency */
                    amount: number;
                    batchId: string;
                    customer: string | null;
                    number: string;
                    /** @description Its place in the batch */
                    seq: number;
                }[];
                target: string;
            }[];
            name: string;
            /** @description Batches on hold */
            onHold: number;
            /** @description IANA name */
            timeZone: string;
            /** @description Batches that wait for approval */
            toApprove: number;
            /** @description What is in no batch yet. Lists without any are left out */
            readonly unbatched: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /** @enum {string} */
                list: "invoices" | "payments";
                /** @description YYYY-MM-DD */
                oldest: string;
                target: string;
            }[];
            /** @description What batches posted in the last 13 weeks, oldest first. Undone batches don’t count */
            readonly weeks: {
                /** @description Minor units of the company’s currency */
                invoiced: number;
                /** @description Documents */
                invoices: number;
                /** @description Refunds, credit memos and warnings */
                others: number;
                /** @description Minor units of the company’s currency */
                paid: number;
                payments: number;
                /** @description Its Monday, in the company’s time zone */
                week: string;
            }[];
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
            /** @description When somebody first previewed a batch; null: nobody has */
            previewedAt: string | null;
            /** @description In the target’s form, without secrets */
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
            /** @description When somebody first previewed a batch; null: nobody has */
            previewedAt: unknown | null;
            /** @description In the target’s form, without secrets */
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
         *       "taxAdvice": {
         *         "mode": "stated",
         *         "recommended": "stated",
         *         "reason": "Automated sales tax is on in QuickBooks Online, and the 12 newest invoices with tax came back with the tax that was stated."
         *       },
         *       "automaticCredit": true,
         *       "customNumbers": true,
         *       "refreshedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedBy": "Bea (k-1)",
         *       "accessEndsAt": "2027-02-10T08:00:00.000Z",
         *       "reconnectBy": "2031-11-02T08:00:00.000Z",
         *       "notices": [
         *         {
         *           "code": "account-changed",
         *           "severity": "problem",
         *           "message": "The account “Services” was renamed to “Service revenue” in the books. Choose that name here."
         *         }
         *       ],
         *       "accounts": [
         *         {
         *           "role": "income",
         *           "title": "Income",
         *           "name": "Services",
         *           "status": "renamed",
         *           "message": "The account “Services” was renamed to “Service revenue” in the books. Choose that name here.",
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
         *       "moreClasses": false,
         *       "otherNames": [
         *         {
         *           "kind": "customer",
         *           "key": "c-17",
         *           "name": "Amy’s Birds",
         *           "externalId": "58",
         *           "nameInBooks": "Amy & Birds"
         *         }
         *       ],
         *       "moreOtherNames": false
         *     }
         */
        Connection: {
            /** @description When access ends if it is never renewed. It is renewed long before that */
            accessEndsAt: string | null;
            /** @description The books, as the target identifies them (QuickBooks: the realm) */
            account: string | null;
            /** @description The default accounts */
            readonly accounts: {
                /** @description What is wrong, and what to do */
                message?: string;
                /** @description The name in the settings; for tax: the target’s own account */
                name: string | null;
                /** @description Similar names, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                role: "income" | "depositTo" | "refund" | "discount" | "receivable" | "tax";
                /** @enum {string} */
                status: "ok" | "unset" | "missing" | "renamed" | "inactive" | "wrong-type" | "unchecked";
                title: string;
            }[];
            /** @description The books apply open credits to new invoices automatically */
            automaticCredit: boolean | null;
            /** @description The classes that records use, with their state in the books; empty where class tracking is off */
            readonly classes: {
                name: string;
                /** @description Similar names, nearest first */
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
            /** @description The company’s name in the books */
            company: string | null;
            connectedAt: string | null;
            connectedBy: string | null;
            currency: string | null;
            /** @description The books keep our document numbers */
            customNumbers: boolean | null;
            edition: string | null;
            /** @description production, sandbox or simulator */
            environment: string | null;
            /** @description More classes are in use than are listed */
            moreClasses: boolean;
            /** @description There are more of them than are listed */
            moreOtherNames: boolean;
            /** @description What a person should know, worst first */
            readonly notices: {
                /** @enum {string} */
                code: "access-lost" | "access-ends" | "not-read" | "not-supported" | "account-changed" | "category-changed" | "class-changed";
                message: string;
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description Customers, products and services that the books call otherwise than we do. Their links hold */
            readonly otherNames: {
                externalId: string;
                key: string;
                /** @enum {string} */
                kind: "customer" | "item";
                /** @description Our name of today */
                name: string;
                nameInBooks: string;
            }[];
            /** @description When access ends even though it is renewed: an admin reconnects before then. Null where the target does not say */
            reconnectBy: string | null;
            /** @description When the books were last read */
            refreshedAt: string | null;
            salesTax: ("none" | "manual" | "automated") | null;
            /**
             * @description never: not connected yet; lost: access was revoked or has expired; disconnected: an admin ended the access
             * @enum {string}
             */
            state: "never" | "connected" | "lost" | "disconnected";
            target: string;
            /** @description Which way of posting sales tax fits these books; null: the target offers no choice, or the books were not read */
            taxAdvice: {
                /**
                 * @description How sales tax is posted now
                 * @enum {string}
                 */
                mode: "stated" | "books" | "line";
                /** @description Why, and what to do */
                reason: string;
                /** @enum {string} */
                recommended: "stated" | "books" | "line";
            } | null;
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
         *       "taxAdvice": {
         *         "mode": "stated",
         *         "recommended": "stated",
         *         "reason": "Automated sales tax is on in QuickBooks Online, and the 12 newest invoices with tax came back with the tax that was stated."
         *       },
         *       "automaticCredit": true,
         *       "customNumbers": true,
         *       "refreshedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedAt": "2026-11-02T08:00:00.000Z",
         *       "connectedBy": "Bea (k-1)",
         *       "accessEndsAt": "2027-02-10T08:00:00.000Z",
         *       "reconnectBy": "2031-11-02T08:00:00.000Z",
         *       "notices": [
         *         {
         *           "code": "account-changed",
         *           "severity": "problem",
         *           "message": "The account “Services” was renamed to “Service revenue” in the books. Choose that name here."
         *         }
         *       ],
         *       "accounts": [
         *         {
         *           "role": "income",
         *           "title": "Income",
         *           "name": "Services",
         *           "status": "renamed",
         *           "message": "The account “Services” was renamed to “Service revenue” in the books. Choose that name here.",
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
         *       "moreClasses": false,
         *       "otherNames": [
         *         {
         *           "kind": "customer",
         *           "key": "c-17",
         *           "name": "Amy’s Birds",
         *           "externalId": "58",
         *           "nameInBooks": "Amy & Birds"
         *         }
         *       ],
         *       "moreOtherNames": false
         *     }
         */
        ConnectionInput: {
            /** @description When access ends if it is never renewed. It is renewed long before that */
            accessEndsAt: unknown | null;
            /** @description The books, as the target identifies them (QuickBooks: the realm) */
            account: string | null;
            /** @description The default accounts */
            readonly accounts: {
                /** @description What is wrong, and what to do */
                message?: string;
                /** @description The name in the settings; for tax: the target’s own account */
                name: string | null;
                /** @description Similar names, nearest first */
                readonly nearest?: string[];
                /** @enum {string} */
                role: "income" | "depositTo" | "refund" | "discount" | "receivable" | "tax";
                /** @enum {string} */
                status: "ok" | "unset" | "missing" | "renamed" | "inactive" | "wrong-type" | "unchecked";
                title: string;
            }[];
            /** @description The books apply open credits to new invoices automatically */
            automaticCredit: boolean | null;
            /** @description The classes that records use, with their state in the books; empty where class tracking is off */
            readonly classes: {
                name: string;
                /** @description Similar names, nearest first */
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
            /** @description The company’s name in the books */
            company: string | null;
            connectedAt: unknown | null;
            connectedBy: string | null;
            currency: string | null;
            /** @description The books keep our document numbers */
            customNumbers: boolean | null;
            edition: string | null;
            /** @description production, sandbox or simulator */
            environment: string | null;
            /** @description More classes are in use than are listed */
            moreClasses: boolean;
            /** @description There are more of them than are listed */
            moreOtherNames: boolean;
            /** @description What a person should know, worst first */
            readonly notices: {
                /** @enum {string} */
                code: "access-lost" | "access-ends" | "not-read" | "not-supported" | "account-changed" | "category-changed" | "class-changed";
                message: string;
                /** @enum {string} */
                severity: "problem" | "warning" | "notice";
            }[];
            /** @description Customers, products and services that the books call otherwise than we do. Their links hold */
            readonly otherNames: {
                externalId: string;
                key: string;
                /** @enum {string} */
                kind: "customer" | "item";
                /** @description Our name of today */
                name: string;
                nameInBooks: string;
            }[];
            /** @description When access ends even though it is renewed: an admin reconnects before then. Null where the target does not say */
            reconnectBy: unknown | null;
            /** @description When the books were last read */
            refreshedAt: unknown | null;
            salesTax: ("none" | "manual" | "automated") | null;
            /**
             * @description never: not connected yet; lost: access was revoked or has expired; disconnected: an admin ended the access
             * @enum {string}
             */
            state: "never" | "connected" | "lost" | "disconnected";
            target: string;
            /** @description Which way of posting sales tax fits these books; null: the target offers no choice, or the books were not read */
            taxAdvice: {
                /**
                 * @description How sales tax is posted now
                 * @enum {string}
                 */
                mode: "stated" | "books" | "line";
                /** @description Why, and what to do */
                reason: string;
                /** @enum {string} */
                recommended: "stated" | "books" | "line";
            } | null;
        };
        CreatedKey: {
            id: string;
            /** @description Shown only here; it is not stored */
            secret: string;
        };
        CreatedKeyInput: {
            id: string;
            /** @description Shown only here; it is not stored */
            secret: string;
        };
        Dashboard: {
            /** @description When the books were last checked for changes */
            readonly checks: {
                /** @description Null: none has ended yet */
                endedAt: string | null;
                /** @description The newest check could not read the books */
                failed: boolean;
                target: string;
            }[];
            /** @description Money that a person has to apply in the books, as batches left it; refunds of the last 13 weeks. Ledgerpost does not know which of it was applied there since */
            readonly leftOpen: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /**
                 * @description `payments`: unapplied in the books. `refunds`: their journals left Accounts Receivable open
                 * @enum {string}
                 */
                of: "payments" | "refunds";
                /** @description At most five */
                readonly oldest: {
                    /** @description Minor units of the company’s currency */
                    amount: number;
                    batchId: string;
                    customer: string | null;
                    number: string;
                    /** @description Its place in the batch */
                    seq: number;
                }[];
                target: string;
            }[];
            /** @description What is in no batch yet. Lists without any are left out */
            readonly unbatched: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /** @enum {string} */
                list: "invoices" | "payments";
                /** @description YYYY-MM-DD */
                oldest: string;
                target: string;
            }[];
            /** @description What batches posted in the last 13 weeks, oldest first. Undone batches don’t count */
            readonly weeks: {
                /** @description Minor units of the company’s currency */
                invoiced: number;
                /** @description Documents */
                invoices: number;
                /** @description Refunds, credit memos and warnings */
                others: number;
                /** @description Minor units of the company’s currency */
                paid: number;
                payments: number;
                /** @description Its Monday, in the company’s time zone */
                week: string;
            }[];
        };
        DashboardInput: {
            /** @description When the books were last checked for changes */
            readonly checks: {
                /** @description Null: none has ended yet */
                endedAt: unknown | null;
                /** @description The newest check could not read the books */
                failed: boolean;
                target: string;
            }[];
            /** @description Money that a person has to apply in the books, as batches left it; refunds of the last 13 weeks. Ledgerpost does not know which of it was applied there since */
            readonly leftOpen: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /**
                 * @description `payments`: unapplied in the books. `refunds`: their journals left Accounts Receivable open
                 * @enum {string}
                 */
                of: "payments" | "refunds";
                /** @description At most five */
                readonly oldest: {
                    /** @description Minor units of the company’s currency */
                    amount: number;
                    batchId: string;
                    customer: string | null;
                    number: string;
                    /** @description Its place in the batch */
                    seq: number;
                }[];
                target: string;
            }[];
            /** @description What is in no batch yet. Lists without any are left out */
            readonly unbatched: {
                /** @description Minor units of the company’s currency */
                amount: number;
                documents: number;
                /** @enum {string} */
                list: "invoices" | "payments";
                /** @description YYYY-MM-DD */
                oldest: string;
                target: string;
            }[];
            /** @description What batches posted in the last 13 weeks, oldest first. Undone batches don’t count */
            readonly weeks: {
                /** @description Minor units of the company’s currency */
                invoiced: number;
                /** @description Documents */
                invoices: number;
                /** @description Refunds, credit memos and warnings */
                others: number;
                /** @description Minor units of the company’s currency */
                paid: number;
                payments: number;
                /** @description Its Monday, in the company’s time zone */
                week: string;
            }[];
        };
        DocumentProblem: {
            /**
             * @description Stable; see docs/errors.md
             * @enum {string}
             */
            code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
            field?: string;
            message: string;
            /** @description The record that the problem is about; it may be another record than the document’s own */
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
            code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
            field?: string;
            message: string;
            /** @description The record that the problem is about; it may be another record than the document’s own */
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
            /** @description The batch that posted the document */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                seq: number;
            };
            /** @description The decisions that a document of this kind allows; one of them may still be refused */
            readonly choices: ("keep-theirs" | "send-again" | "resolve")[];
            customerId: string | null;
            decidedAt: string | null;
            decidedBy: string | null;
            externalId: string;
            /** Format: date-time */
            foundAt: string;
            /**
             * @description What started the check: the schedule, a webhook of the target, or a person
             * @enum {string}
             */
            foundBy: "schedule" | "webhook" | "request";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "invoice" | "payment" | "journal" | "creditMemo" | "warning";
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description What changed, and who changed it if the target reports that */
            problem: components["schemas"]["DocumentProblem"];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /**
             * Format: date-time
             * @description When the change was last seen
             */
            seenAt: string;
            /**
             * @description The decision. `resolved` by `ledgerpost`: the document was corrected in the books, or none of ours is there any more
             * @enum {string}
             */
            state: "open" | "kept-theirs" | "sent-again" | "resolved";
            /**
             * @description A void is a change: the document is still there, with zero amounts
             * @enum {string}
             */
            status: "changed" | "gone";
            target: string;
            /** @description The amount in the books now, where the target reports it */
            total: number | null;
        };
        DriftInput: {
            /** @description What we posted */
            amount: number;
            /** @description The batch that posted the document */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                seq: number;
            };
            /** @description The decisions that a document of this kind allows; one of them may still be refused */
            readonly choices: ("keep-theirs" | "send-again" | "resolve")[];
            customerId: string | null;
            decidedAt: unknown | null;
            decidedBy: string | null;
            externalId: string;
            foundAt: unknown;
            /**
             * @description What started the check: the schedule, a webhook of the target, or a person
             * @enum {string}
             */
            foundBy: "schedule" | "webhook" | "request";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "invoice" | "payment" | "journal" | "creditMemo" | "warning";
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description What changed, and who changed it if the target reports that */
            problem: components["schemas"]["DocumentProblemInput"];
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            /** @description When the change was last seen */
            seenAt: unknown;
            /**
             * @description The decision. `resolved` by `ledgerpost`: the document was corrected in the books, or none of ours is there any more
             * @enum {string}
             */
            state: "open" | "kept-theirs" | "sent-again" | "resolved";
            /**
             * @description A void is a change: the document is still there, with zero amounts
             * @enum {string}
             */
            status: "changed" | "gone";
            target: string;
            /** @description The amount in the books now, where the target reports it */
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
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description What changed, and who changed it if the target reports that */
            problem: components["schemas"]["DocumentProblem"] | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /**
             * @description `same`: as it was posted; `changed`: changed in the books since; `gone`: deleted from the books
             * @enum {string}
             */
            status: "same" | "changed" | "gone";
            /** @description The total at the target now, where the target reported it */
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
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
            /** @description What changed, and who changed it if the target reports that */
            problem: components["schemas"]["DocumentProblemInput"] | null;
            record: {
                id: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            };
            seq: number;
            /**
             * @description `same`: as it was posted; `changed`: changed in the books since; `gone`: deleted from the books
             * @enum {string}
             */
            status: "same" | "changed" | "gone";
            /** @description The total at the target now, where the target reported it */
            total: number | null;
        };
        FoundName: {
            /** @description The number of one of them */
            example: string;
            /**
             * @description The member of the settings that maps it
             * @enum {string}
             */
            kind: "categories" | "taxCodes" | "paymentMethods" | "terms" | "classes" | "departments";
            /** @description The name in the books that the settings map it to; null: it is sent as it is */
            mappedTo: string | null;
            name: string;
            /** @description How many open records use it */
            records: number;
        };
        FoundNameInput: {
            /** @description The number of one of them */
            example: string;
            /**
             * @description The member of the settings that maps it
             * @enum {string}
             */
            kind: "categories" | "taxCodes" | "paymentMethods" | "terms" | "classes" | "departments";
            /** @description The name in the books that the settings map it to; null: it is sent as it is */
            mappedTo: string | null;
            name: string;
            /** @description How many open records use it */
            records: number;
        };
        Import: {
            appliedAt: string | null;
            appliedBy: string | null;
            checkedAt: string | null;
            readonly corrections: {
                /** @description As the file calls it */
                column: string;
                file: string;
                /** @description As a spreadsheet counts, from 1 */
                row: number;
                value: string;
            }[];
            cover: {
                /**
                 * @description For records that the files no longer have. `void` is for invoices, `removed` for the others
                 * @enum {string}
                 */
                choice: "leave" | "void" | "removed";
                /**
                 * Format: date
                 * @description Inclusive
                 */
                from?: string;
                /**
                 * Format: date
                 * @description Inclusive
                 */
                to?: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            } | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /** @description Send it with the apply */
            digest: string | null;
            readonly files: {
                name: string;
                ordinal: number;
                sha256: string;
                size: number;
            }[];
            /** @description Files are deleted after 30 days */
            filesDeletedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @description What each file is; null before they were examined */
            looked: components["schemas"]["ImportFilesSeen"] | null;
            readonly mappings: unknown[];
            /** @description What an apply did: `types`, `left`, `absent`, `seconds`; or an undo: `restored`, `removed`, `left` */
            outcome: {
                [key: string]: unknown;
            } | null;
            progress: {
                began: string;
                /** @description Rows while reading, else records */
                done: number;
                /** @description 0: not known yet */
                of: number;
                /** @description Since this work began */
                perSecond: number;
                /** @enum {string} */
                phase: "read" | "compare" | "targets" | "write" | "undo";
                secondsLeft: number | null;
            } | null;
            /** @description Why the last work ended early */
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description The last check; null where files or mapping changed since */
            report: components["schemas"]["ImportReport"] | null;
            /** @enum {string} */
            state: "open" | "checking" | "checked" | "applying" | "applied" | "undoing" | "undone" | "discarded";
            undoneAt: string | null;
            undoneBy: string | null;
            version: number;
        };
        ImportFilesSeen: {
            readonly files: {
                code: string | null;
                delimiter: string | null;
                file: string;
                headerRow: number | null;
                readonly headers: string[];
                mapping: string | null;
                message: string | null;
                /** @description How an unknown file may be read, for a person to confirm */
                proposal: {
                    columns: {
                        [key: string]: string;
                    };
                    /** @description Absent while something is missing or unclear */
                    mapping?: {
                        [key: string]: unknown;
                    };
                    readonly missing: string[];
                    template: string;
                    readonly unclear: {
                        column: string;
                        readonly headers: string[];
                    }[];
                    readonly unused: string[];
                } | null;
                role: string | null;
                sheet: string | null;
                /** @enum {string} */
                use: "read" | "left-out" | "unknown" | "unreadable";
            }[];
            readonly sets: {
                /** @description File names by role */
                files: {
                    [key: string]: string[];
                };
                /**
                 * @description How sure the column names are
                 * @enum {string}
                 */
                grade: "documented" | "used" | "guess" | "own";
                mapping: {
                    [key: string]: unknown;
                };
                readonly notes: string[];
            }[];
            /** @description Why nothing can be imported yet */
            readonly stopping: string[];
        };
        ImportFilesSeenInput: {
            readonly files: {
                code: string | null;
                delimiter: string | null;
                file: string;
                headerRow: number | null;
                readonly headers: string[];
                mapping: string | null;
                message: string | null;
                /** @description How an unknown file may be read, for a person to confirm */
                proposal: {
                    columns: {
                        [key: string]: string;
                    };
                    /** @description Absent while something is missing or unclear */
                    mapping?: {
                        [key: string]: unknown;
                    };
                    readonly missing: string[];
                    template: string;
                    readonly unclear: {
                        column: string;
                        readonly headers: string[];
                    }[];
                    readonly unused: string[];
                } | null;
                role: string | null;
                sheet: string | null;
                /** @enum {string} */
                use: "read" | "left-out" | "unknown" | "unreadable";
            }[];
            readonly sets: {
                /** @description File names by role */
                files: {
                    [key: string]: string[];
                };
                /**
                 * @description How sure the column names are
                 * @enum {string}
                 */
                grade: "documented" | "used" | "guess" | "own";
                mapping: {
                    [key: string]: unknown;
                };
                readonly notes: string[];
            }[];
            /** @description Why nothing can be imported yet */
            readonly stopping: string[];
        };
        ImportInput: {
            appliedAt: unknown | null;
            appliedBy: string | null;
            checkedAt: unknown | null;
            readonly corrections: {
                /** @description As the file calls it */
                column: string;
                file: string;
                /** @description As a spreadsheet counts, from 1 */
                row: number;
                value: string;
            }[];
            cover: {
                /**
                 * @description For records that the files no longer have. `void` is for invoices, `removed` for the others
                 * @enum {string}
                 */
                choice: "leave" | "void" | "removed";
                /**
                 * Format: date
                 * @description Inclusive
                 */
                from?: string;
                /**
                 * Format: date
                 * @description Inclusive
                 */
                to?: string;
                /** @enum {string} */
                type: "invoice" | "payment" | "refund" | "creditMemo";
            } | null;
            createdAt: unknown;
            createdBy: string;
            /** @description Send it with the apply */
            digest: string | null;
            readonly files: {
                name: string;
                ordinal: number;
                sha256: string;
                size: number;
            }[];
            /** @description Files are deleted after 30 days */
            filesDeletedAt: unknown | null;
            /** Format: uuid */
            id: string;
            /** @description What each file is; null before they were examined */
            looked: components["schemas"]["ImportFilesSeenInput"] | null;
            readonly mappings: unknown[];
            /** @description What an apply did: `types`, `left`, `absent`, `seconds`; or an undo: `restored`, `removed`, `left` */
            outcome: {
                [key: string]: unknown;
            } | null;
            progress: {
                began: string;
                /** @description Rows while reading, else records */
                done: number;
                /** @description 0: not known yet */
                of: number;
                /** @description Since this work began */
                perSecond: number;
                /** @enum {string} */
                phase: "read" | "compare" | "targets" | "write" | "undo";
                secondsLeft: number | null;
            } | null;
            /** @description Why the last work ended early */
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description The last check; null where files or mapping changed since */
            report: components["schemas"]["ImportReportInput"] | null;
            /** @enum {string} */
            state: "open" | "checking" | "checked" | "applying" | "applied" | "undoing" | "undone" | "discarded";
            undoneAt: unknown | null;
            undoneBy: string | null;
            version: number;
        };
        ImportReport: {
            absent: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                records: number;
                unsure: string | null;
            } | null;
            /** @description What apply wants acknowledged */
            readonly acknowledge: ("posted-records" | "mapping-changed" | "absent-records")[];
            heldBack: number;
            /** @description Rows that make no record, by why */
            leftOut: {
                [key: string]: number;
            };
            notes: {
                [key: string]: number;
            };
            /** @description If there are any, nothing can be applied: answer in the mapping */
            readonly questions: {
                readonly choices: string[];
                column: string;
                example: string;
                file: string;
                /** @description Under `dates` or `numbers` of the mapping */
                key: string;
                mapping: string;
            }[];
            /** @description Rows that hold data */
            rows: number;
            /** @description The same files were applied before */
            seen: {
                appliedAt: string;
                /** Format: uuid */
                importId: string;
            } | null;
            /** @description What the new and changed records would be at each enabled target */
            readonly targets: {
                name: string;
                readonly notSelected: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                    reason: string;
                }[];
                of: number;
                operations: {
                    [key: string]: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                };
                problemCounts: {
                    [key: string]: number;
                };
                readonly problems: {
                    code: string;
                    message: string;
                    number: string;
                }[];
                /** @description New and changed records that were tried */
                records: number;
                refused: {
                    code: string;
                    message: string;
                } | null;
                target: string;
            }[];
            /** @description The totals that the files state, against ours */
            readonly totals: {
                agrees: boolean;
                column: string;
                file: string;
                ours: string;
                stated: string;
            }[];
            types: {
                [key: string]: {
                    /** @description May be there already under another id: held back until a person decides */
                    asked: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description The rows changed */
                    changed: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Another way brought them, so the files leave them alone */
                    kept: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Only the mapping changed */
                    mappingChanged: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    new: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Of these changes: records that are in the books, where they become updates or problems */
                    posted: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    unchanged: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                };
            };
            unreadable: number;
        };
        ImportReportInput: {
            absent: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                records: number;
                unsure: string | null;
            } | null;
            /** @description What apply wants acknowledged */
            readonly acknowledge: ("posted-records" | "mapping-changed" | "absent-records")[];
            heldBack: number;
            /** @description Rows that make no record, by why */
            leftOut: {
                [key: string]: number;
            };
            notes: {
                [key: string]: number;
            };
            /** @description If there are any, nothing can be applied: answer in the mapping */
            readonly questions: {
                readonly choices: string[];
                column: string;
                example: string;
                file: string;
                /** @description Under `dates` or `numbers` of the mapping */
                key: string;
                mapping: string;
            }[];
            /** @description Rows that hold data */
            rows: number;
            /** @description The same files were applied before */
            seen: {
                appliedAt: string;
                /** Format: uuid */
                importId: string;
            } | null;
            /** @description What the new and changed records would be at each enabled target */
            readonly targets: {
                name: string;
                readonly notSelected: {
                    /** @description Minor units of the company’s currency (cents) */
                    amount: number;
                    documents: number;
                    reason: string;
                }[];
                of: number;
                operations: {
                    [key: string]: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        documents: number;
                    };
                };
                problemCounts: {
                    [key: string]: number;
                };
                readonly problems: {
                    code: string;
                    message: string;
                    number: string;
                }[];
                /** @description New and changed records that were tried */
                records: number;
                refused: {
                    code: string;
                    message: string;
                } | null;
                target: string;
            }[];
            /** @description The totals that the files state, against ours */
            readonly totals: {
                agrees: boolean;
                column: string;
                file: string;
                ours: string;
                stated: string;
            }[];
            types: {
                [key: string]: {
                    /** @description May be there already under another id: held back until a person decides */
                    asked: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description The rows changed */
                    changed: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Another way brought them, so the files leave them alone */
                    kept: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Only the mapping changed */
                    mappingChanged: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    new: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    /** @description Of these changes: records that are in the books, where they become updates or problems */
                    posted: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                    unchanged: {
                        /** @description Minor units of the company’s currency (cents) */
                        amount: number;
                        records: number;
                    };
                };
            };
            unreadable: number;
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
            /** @description This line and all lines before it were processed */
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
            /** @description This line and all lines before it were processed */
            throughLine: number;
            unchanged: number;
        };
        Invitation: {
            access: {
                companyId: string | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** @enum {string} */
            kind: "invitation" | "set-up" | "password";
            name: string;
        };
        InvitationInput: {
            access: {
                companyId: string | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            createdAt: unknown;
            createdBy: string;
            email: string | null;
            expiresAt: unknown;
            id: string;
            /** @enum {string} */
            kind: "invitation" | "set-up" | "password";
            name: string;
        };
        InvitationLink: {
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /**
             * Format: uri
             * @description Shown only here; it is not stored. It works once
             */
            link: string;
            /** @description The address to which the link was mailed; null: it was not, so hand it over */
            mailedTo: string | null;
        };
        InvitationLinkInput: {
            expiresAt: unknown;
            id: string;
            /**
             * Format: uri
             * @description Shown only here; it is not stored. It works once
             */
            link: string;
            /** @description The address to which the link was mailed; null: it was not, so hand it over */
            mailedTo: string | null;
        };
        JournalEntry: {
            act: string;
            /** @description The person’s name, the key’s name and id, or the engine */
            actor: string;
            /** @description `person:<id>`, `key:<id>`, `schedule` or `engine`; null in lines from before people signed in */
            actorId: string | null;
            /** Format: date-time */
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: number;
            /** @description What was acted on: `batch/<id>`, `key/<id>`, `target/<id>` */
            subject: string;
        };
        JournalEntryInput: {
            act: string;
            /** @description The person’s name, the key’s name and id, or the engine */
            actor: string;
            /** @description `person:<id>`, `key:<id>`, `schedule` or `engine`; null in lines from before people signed in */
            actorId: string | null;
            at: unknown;
            details: {
                [key: string]: unknown;
            };
            id: number;
            /** @description What was acted on: `batch/<id>`, `key/<id>`, `target/<id>` */
            subject: string;
        };
        ListedSession: {
            /** @description The browser’s own name for itself */
            browser: string | null;
            /** @description Whether it is the one that asked */
            here: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute
             */
            usedAt: string;
        };
        ListedSessionInput: {
            /** @description The browser’s own name for itself */
            browser: string | null;
            /** @description Whether it is the one that asked */
            here: boolean;
            /** Format: uuid */
            id: string;
            startedAt: unknown;
            /** @description When it was last used, to the minute */
            usedAt: unknown;
        };
        Look: {
            beganAt: string | null;
            by: ("schedule" | "webhook" | "request") | null;
            endedAt: string | null;
            /** @description How many of them are new drifts */
            found: number;
            links: {
                temporal?: string;
            };
            /** @description Posted documents that were read */
            looked: number;
            /** @description Drifts without a decision */
            open: number;
            /** @description Left for the next check, because a batch is using them */
            postponed: number;
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Null: never checked. `failed`: `reason` states why */
            state: ("running" | "done" | "failed") | null;
            target: string;
            /** @description All changes before this instant are known, by the target’s clock */
            through: string | null;
            /** @description When a check was requested that has not begun */
            wantedAt: string | null;
            /** @description A check that no person requested waits until no batch is posting */
            wantedBy: ("schedule" | "webhook" | "request") | null;
        };
        LookInput: {
            beganAt: unknown | null;
            by: ("schedule" | "webhook" | "request") | null;
            endedAt: unknown | null;
            /** @description How many of them are new drifts */
            found: number;
            links: {
                temporal?: string;
            };
            /** @description Posted documents that were read */
            looked: number;
            /** @description Drifts without a decision */
            open: number;
            /** @description Left for the next check, because a batch is using them */
            postponed: number;
            reason: {
                code: string;
                message: string;
            } | null;
            /** @description Null: never checked. `failed`: `reason` states why */
            state: ("running" | "done" | "failed") | null;
            target: string;
            /** @description All changes before this instant are known, by the target’s clock */
            through: unknown | null;
            /** @description When a check was requested that has not begun */
            wantedAt: unknown | null;
            /** @description A check that no person requested waits until no batch is posting */
            wantedBy: ("schedule" | "webhook" | "request") | null;
        };
        MatchingCounts: {
            customer: {
                broken: number;
                linked: number;
                "only-here": number;
                /** @description In the books, and linked to none of ours */
                "only-there": number;
                "same-name": number;
                similar: number;
                "to-match": number;
            };
            item: {
                broken: number;
                linked: number;
                "only-here": number;
                /** @description In the books, and linked to none of ours */
                "only-there": number;
                "same-name": number;
                similar: number;
                "to-match": number;
            };
            /** @description When all names were last read from the books; null: never, so nothing is known about the books */
            listedAt: string | null;
        };
        MatchingCountsInput: {
            customer: {
                broken: number;
                linked: number;
                "only-here": number;
                /** @description In the books, and linked to none of ours */
                "only-there": number;
                "same-name": number;
                similar: number;
                "to-match": number;
            };
            item: {
                broken: number;
                linked: number;
                "only-here": number;
                /** @description In the books, and linked to none of ours */
                "only-there": number;
                "same-name": number;
                similar: number;
                "to-match": number;
            };
            /** @description When all names were last read from the books; null: never, so nothing is known about the books */
            listedAt: unknown | null;
        };
        /**
         * @example {
         *       "kind": "customer",
         *       "key": "c-17",
         *       "name": "Amy’s Bird Sanctuary",
         *       "documents": 4,
         *       "state": "similar",
         *       "link": null,
         *       "wanted": null,
         *       "suggestions": [
         *         {
         *           "externalId": "58",
         *           "name": "Amys Bird Sanctuary",
         *           "reason": "near-name"
         *         }
         *       ]
         *     }
         */
        MatchingRow: {
            /** @description Unbatched documents that use it */
            documents: number;
            /** @description Ours: of a customer the record’s id; of an item `service:ID`, or what its lines are called by */
            key: string;
            /**
             * @description `item`: a product or service
             * @enum {string}
             */
            kind: "customer" | "item";
            link: {
                /** @description False: it is inactive, deleted or merged there */
                active: boolean;
                /** Format: date-time */
                at: string;
                by: string;
                externalId: string;
                /** @description Our name when it was last compared with the books */
                name: string;
                /** @description Its name in the books when they were last read; null: not known */
                nameNow: string | null;
                /** @description Keys of others of ours that are linked to the same one */
                readonly shared: string[];
                /** @description Documents of before links put two of ours on one: link each again, or leave them as they are */
                toConfirm: boolean;
            } | null;
            /** @description Our name of today */
            name: string;
            /**
             * @description `linked`: its documents go to that one. `same-name`: exactly one there has its name. `similar`: there are near names, or the same phone, e-mail or address. `only-here`: will be created. `to-match`: a person must choose. `broken`: what it was linked to was merged, deleted or made inactive
             * @enum {string}
             */
            state: "linked" | "same-name" | "similar" | "only-here" | "to-match" | "broken";
            /** @description Best first, five at most */
            readonly suggestions: {
                externalId: string;
                name: string;
                /**
                 * @description What is alike. `merged`: the one that it was linked to was merged into this one
                 * @enum {string}
                 */
                reason: "same-name" | "near-name" | "phone" | "email" | "address" | "merged";
            }[];
            /** @description What a person decided; the next batch acts on it */
            wanted: ("create" | "another" | "same") | null;
        };
        /**
         * @example {
         *       "kind": "customer",
         *       "key": "c-17",
         *       "name": "Amy’s Bird Sanctuary",
         *       "documents": 4,
         *       "state": "similar",
         *       "link": null,
         *       "wanted": null,
         *       "suggestions": [
         *         {
         *           "externalId": "58",
         *           "name": "Amys Bird Sanctuary",
         *           "reason": "near-name"
         *         }
         *       ]
         *     }
         */
        MatchingRowInput: {
            /** @description Unbatched documents that use it */
            documents: number;
            /** @description Ours: of a customer the record’s id; of an item `service:ID`, or what its lines are called by */
            key: string;
            /**
             * @description `item`: a product or service
             * @enum {string}
             */
            kind: "customer" | "item";
            link: {
                /** @description False: it is inactive, deleted or merged there */
                active: boolean;
                at: unknown;
                by: string;
                externalId: string;
                /** @description Our name when it was last compared with the books */
                name: string;
                /** @description Its name in the books when they were last read; null: not known */
                nameNow: string | null;
                /** @description Keys of others of ours that are linked to the same one */
                readonly shared: string[];
                /** @description Documents of before links put two of ours on one: link each again, or leave them as they are */
                toConfirm: boolean;
            } | null;
            /** @description Our name of today */
            name: string;
            /**
             * @description `linked`: its documents go to that one. `same-name`: exactly one there has its name. `similar`: there are near names, or the same phone, e-mail or address. `only-here`: will be created. `to-match`: a person must choose. `broken`: what it was linked to was merged, deleted or made inactive
             * @enum {string}
             */
            state: "linked" | "same-name" | "similar" | "only-here" | "to-match" | "broken";
            /** @description Best first, five at most */
            readonly suggestions: {
                externalId: string;
                name: string;
                /**
                 * @description What is alike. `merged`: the one that it was linked to was merged into this one
                 * @enum {string}
                 */
                reason: "same-name" | "near-name" | "phone" | "email" | "address" | "merged";
            }[];
            /** @description What a person decided; the next batch acts on it */
            wanted: ("create" | "another" | "same") | null;
        };
        Notices: {
            /** @description The address of the caller’s invitation, which needs no confirmation */
            invitedAt: string | null;
            /** @description Whether this installation sends mail */
            mail: boolean;
            matters: {
                /** @enum {string} */
                matter: "batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done";
                title: string;
            }[];
            /** @description The newest messages to the caller, at most 20 */
            recent: components["schemas"]["SentNotice"][];
            /** @description What the caller gets, at most one row per channel */
            rows: components["schemas"]["NoticeSetting"][];
        };
        NoticeSetting: {
            /** @enum {string} */
            channel: "email" | "slack";
            /** @description False: the address was typed, and gets nothing but the mail that asks to confirm it */
            confirmed: boolean;
            /** @description One message each morning at eight, in the company’s time zone, instead of one per matter */
            digest: boolean;
            matters: ("batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done")[];
            /** @description The e-mail address; of a Slack webhook only its host */
            shown: string;
        };
        NoticeSettingInput: {
            /** @enum {string} */
            channel: "email" | "slack";
            /** @description False: the address was typed, and gets nothing but the mail that asks to confirm it */
            confirmed: boolean;
            /** @description One message each morning at eight, in the company’s time zone, instead of one per matter */
            digest: boolean;
            matters: ("batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done")[];
            /** @description The e-mail address; of a Slack webhook only its host */
            shown: string;
        };
        NoticesInput: {
            /** @description The address of the caller’s invitation, which needs no confirmation */
            invitedAt: string | null;
            /** @description Whether this installation sends mail */
            mail: boolean;
            matters: {
                /** @enum {string} */
                matter: "batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done";
                title: string;
            }[];
            /** @description The newest messages to the caller, at most 20 */
            recent: components["schemas"]["SentNoticeInput"][];
            /** @description What the caller gets, at most one row per channel */
            rows: components["schemas"]["NoticeSettingInput"][];
        };
        OfferedInvitation: {
            access: {
                /** @description The company’s name; null: all companies */
                company: string | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description The provider at which it is accepted; null: with a password */
            account: {
                name: string;
            } | null;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description `set-up`: the first admin; `password`: a new password
             * @enum {string}
             */
            kind: "invitation" | "set-up" | "password";
            name: string;
        };
        OfferedInvitationInput: {
            access: {
                /** @description The company’s name; null: all companies */
                company: string | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description The provider at which it is accepted; null: with a password */
            account: {
                name: string;
            } | null;
            email: string | null;
            expiresAt: unknown;
            /**
             * @description `set-up`: the first admin; `password`: a new password
             * @enum {string}
             */
            kind: "invitation" | "set-up" | "password";
            name: string;
        };
        Person: {
            access: {
                /** @description Null: all companies */
                company: {
                    id: string;
                    name: string;
                } | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description Accounts at sign-in providers that the person signs in with */
            accounts: number;
            /** Format: date-time */
            createdAt: string;
            email: string | null;
            hasPassword: boolean;
            id: string;
            name: string;
            /** @description When a session of the person was last used, as far as it is kept */
            usedAt: string | null;
        };
        PersonInput: {
            access: {
                /** @description Null: all companies */
                company: {
                    id: string;
                    name: string;
                } | null;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description Accounts at sign-in providers that the person signs in with */
            accounts: number;
            createdAt: unknown;
            email: string | null;
            hasPassword: boolean;
            id: string;
            name: string;
            /** @description When a session of the person was last used, as far as it is kept */
            usedAt: unknown | null;
        };
        Preview: {
            /** @description All problems by cause: those that stop documents first, then the most frequent */
            readonly causes: components["schemas"]["Cause"][];
            /** @description Send it with the start: the start is then refused if records have changed since */
            digest: string;
            /** @description The proposed name */
            name: string;
            /** @description Customers and items that the documents use at the target */
            names: {
                customers: number;
                readonly items: string[];
                /** @description How those of all these documents stand to the books, by state of the matching; absent where names decide */
                matching?: {
                    customer: {
                        [key: string]: number;
                    };
                    item: {
                        [key: string]: number;
                    };
                };
            };
            /** @description Open records that no batch can send now, by problem code */
            readonly notSelected: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                reason: string;
                /** @description Of `not-taken`: why the target accepts no such documents */
                sentence?: string;
            }[];
            problemCounts: {
                [key: string]: number;
            };
            /** @description The first problems, worst first; problemCounts counts all */
            readonly problems: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record that the problem is about; it may be another record than the document’s own */
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
            /** @description Other records than before need attention: read the unbatched lists again */
            verdictsChanged: boolean;
            /** @description Acknowledge these when you start the batch */
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
            /** @description All problems by cause: those that stop documents first, then the most frequent */
            readonly causes: components["schemas"]["CauseInput"][];
            /** @description Send it with the start: the start is then refused if records have changed since */
            digest: string;
            /** @description The proposed name */
            name: string;
            /** @description Customers and items that the documents use at the target */
            names: {
                customers: number;
                readonly items: string[];
                /** @description How those of all these documents stand to the books, by state of the matching; absent where names decide */
                matching?: {
                    customer: {
                        [key: string]: number;
                    };
                    item: {
                        [key: string]: number;
                    };
                };
            };
            /** @description Open records that no batch can send now, by problem code */
            readonly notSelected: {
                /** @description Minor units of the company’s currency (cents) */
                amount: number;
                documents: number;
                reason: string;
                /** @description Of `not-taken`: why the target accepts no such documents */
                sentence?: string;
            }[];
            problemCounts: {
                [key: string]: number;
            };
            /** @description The first problems, worst first; problemCounts counts all */
            readonly problems: {
                /**
                 * @description Stable; see docs/errors.md
                 * @enum {string}
                 */
                code: "customer-to-match" | "link-broken" | "customer-changed-after-payment" | "spelled-plainly" | "customer-shared-name" | "customer-renamed" | "name-kept-in-books" | "item-on-own-account" | "link-shared" | "not-taken" | "not-finalized" | "was-posted" | "changed-after-batch" | "no-customer" | "unknown-customer" | "no-accounting-key" | "negative-total" | "total-mismatch" | "amount-mismatch" | "no-lines" | "over-allocated" | "refund-exceeds-payment" | "maybe-twice" | "unknown-payment" | "no-number" | "number-too-long" | "duplicate-number" | "number-shared" | "customer-spelled-twice" | "customer-name-too-long" | "no-account" | "unknown-account" | "wrong-account-type" | "item-on-two-accounts" | "unknown-class" | "no-class" | "unmapped-tax" | "tax-of-other-sign" | "tax-on-nothing" | "unknown-service" | "unknown-department" | "unknown-job" | "odd-accounting-key" | "amount-not-positive" | "paid-over-invoice" | "payment-deposited" | "fee-not-posted" | "payment-unsorted" | "allocation-exceeds-invoice" | "invoice-overpaid" | "credit-to-apply" | "no-exemption-reason" | "exempt-but-taxed" | "item-renamed" | "unknown-payment-method" | "unknown-terms" | "unknown-tax-code" | "closed-period" | "crosses-period" | "bad-email" | "phone-shortened" | "customer-differs" | "customer-in-other-currency" | "invoice-not-sent" | "payment-unapplied" | "imported-job" | "mixed-classes" | "receivable-left-open" | "credit-unapplied" | "books-differ" | "reference-changed" | "waits-for-invoice" | "unchecked-name" | "quantity-not-sent" | "refused-by-target" | "changed-there" | "void-not-possible" | "unstorable-text" | "text-too-long" | "document-too-large";
                field?: string;
                message: string;
                number: string;
                /** @description The record that the problem is about; it may be another record than the document’s own */
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
            /** @description Other records than before need attention: read the unbatched lists again */
            verdictsChanged: boolean;
            /** @description Acknowledge these when you start the batch */
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
            code: "batch-open" | "open-batch-creates" | "name-taken" | "nothing-to-send" | "notice-not-sent" | "records-changed" | "payments-without-invoices" | "illegal-move" | "bad-name" | "fenced-off" | "database-behind" | "served-elsewhere" | "worker-stopped" | "engine-defect" | "activity-timeout" | "workflow-canceled" | "problems-found" | "record-in-batch" | "not-undoable" | "bad-request" | "bad-json" | "bad-cursor" | "bad-record" | "no-key" | "no-csrf-token" | "role-missing" | "installation-key-needed" | "own-batch" | "not-found" | "method-not-allowed" | "company-fixed" | "target-not-enabled" | "unknown-target" | "key-reused" | "body-too-large" | "headers-too-large" | "too-many-refusals" | "too-slow" | "too-many-requests" | "too-many-previews" | "preview-too-long" | "unsupported-media-type" | "stream-broken" | "wrong-password" | "bad-invitation" | "sign-in-first" | "other-person" | "last-admin" | "no-access" | "sign-in-failed" | "sign-in-unavailable" | "import-open" | "import-applying" | "import-not-ready" | "import-changed" | "import-not-acknowledged" | "import-in-batch" | "import-file-too-large" | "bad-mapping" | "twin-decided" | "not-connected" | "books-unread" | "class-tracking-off" | "no-oauth-app" | "no-sealing-key" | "bad-state" | "not-granted" | "other-books" | "books-taken" | "other-currency" | "books-not-supported" | "no-such-account" | "readback-by-hand" | "verification-open" | "nothing-to-verify" | "drift-decided" | "drift-not-keepable" | "not-sendable-again" | "drift-not-told" | "not-genuine" | "database-down" | "internal" | "target-unreachable" | "target-working" | "target-throttled" | "access-lost" | "target-not-ready" | "quota-used-up" | "target-defect" | "file-too-large";
            /** @description What is wrong, and what to do */
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
            code: "batch-open" | "open-batch-creates" | "name-taken" | "nothing-to-send" | "notice-not-sent" | "records-changed" | "payments-without-invoices" | "illegal-move" | "bad-name" | "fenced-off" | "database-behind" | "served-elsewhere" | "worker-stopped" | "engine-defect" | "activity-timeout" | "workflow-canceled" | "problems-found" | "record-in-batch" | "not-undoable" | "bad-request" | "bad-json" | "bad-cursor" | "bad-record" | "no-key" | "no-csrf-token" | "role-missing" | "installation-key-needed" | "own-batch" | "not-found" | "method-not-allowed" | "company-fixed" | "target-not-enabled" | "unknown-target" | "key-reused" | "body-too-large" | "headers-too-large" | "too-many-refusals" | "too-slow" | "too-many-requests" | "too-many-previews" | "preview-too-long" | "unsupported-media-type" | "stream-broken" | "wrong-password" | "bad-invitation" | "sign-in-first" | "other-person" | "last-admin" | "no-access" | "sign-in-failed" | "sign-in-unavailable" | "import-open" | "import-applying" | "import-not-ready" | "import-changed" | "import-not-acknowledged" | "import-in-batch" | "import-file-too-large" | "bad-mapping" | "twin-decided" | "not-connected" | "books-unread" | "class-tracking-off" | "no-oauth-app" | "no-sealing-key" | "bad-state" | "not-granted" | "other-books" | "books-taken" | "other-currency" | "books-not-supported" | "no-such-account" | "readback-by-hand" | "verification-open" | "nothing-to-verify" | "drift-decided" | "drift-not-keepable" | "not-sendable-again" | "drift-not-told" | "not-genuine" | "database-down" | "internal" | "target-unreachable" | "target-working" | "target-throttled" | "access-lost" | "target-not-ready" | "quota-used-up" | "target-defect" | "file-too-large";
            /** @description What is wrong, and what to do */
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
        QuotaUse: {
            /** @description The highest counts, at most 20 */
            companies: {
                companyId: string;
                used: number;
            }[];
            environment: string;
            /** @description The target’s name */
            name: string;
            /** @description The end of the month’s quota; null where there is none */
            perMonth: number | null;
            /** @description What is counted, such as reads */
            quota: string;
            /** @description Since when the target refuses requests of this kind */
            refusedSince: string | null;
            target: string;
            /** @description Of these, today */
            today: number;
            /** @description Counted by Ledgerpost in this month, over all companies */
            used: number;
        };
        QuotaUseInput: {
            /** @description The highest counts, at most 20 */
            companies: {
                companyId: string;
                used: number;
            }[];
            environment: string;
            /** @description The target’s name */
            name: string;
            /** @description The end of the month’s quota; null where there is none */
            perMonth: number | null;
            /** @description What is counted, such as reads */
            quota: string;
            /** @description Since when the target refuses requests of this kind */
            refusedSince: unknown | null;
            target: string;
            /** @description Of these, today */
            today: number;
            /** @description Counted by Ledgerpost in this month, over all companies */
            used: number;
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
        /** @description One source record; without `type` and `id` it has those of the address */
        RecordAtAddress: {
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
            id?: string;
            name?: string;
            phone?: string;
            taxExempt?: boolean;
            /** @constant */
            type?: "customer";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            id?: string;
            name: string;
            /** @constant */
            type?: "department";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            description?: string;
            id?: string;
            name: string;
            taxable?: boolean;
            /** @constant */
            type?: "service";
        } | {
            customerId?: string;
            departmentId?: string;
            id?: string;
            imported?: boolean;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @constant */
            type?: "job";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            /** Format: date */
            dueDate?: string;
            id?: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
                rate?: string;
            };
            terms?: string;
            total: string;
            /** @constant */
            type?: "invoice";
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
            fee?: string;
            id?: string;
            jobId?: string;
            method?: string;
            reference?: string;
            /** @enum {string} */
            status: "received" | "disputed" | "removed";
            /** @constant */
            type?: "payment";
        } | {
            amount: string;
            /** Format: date */
            date: string;
            id?: string;
            method?: string;
            paymentId: string;
            reason?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            /** @constant */
            type?: "refund";
        } | {
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id?: string;
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
                rate?: string;
            };
            total: string;
            /** @constant */
            type?: "creditMemo";
        };
        /** @description One source record; without `type` and `id` it has those of the address */
        RecordAtAddressInput: {
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
            id?: string;
            name?: string;
            phone?: string;
            taxExempt?: boolean;
            /** @constant */
            type?: "customer";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            id?: string;
            name: string;
            /** @constant */
            type?: "department";
        } | {
            accountingCategory?: string;
            accountingClass?: string;
            description?: string;
            id?: string;
            name: string;
            taxable?: boolean;
            /** @constant */
            type?: "service";
        } | {
            customerId?: string;
            departmentId?: string;
            id?: string;
            imported?: boolean;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @constant */
            type?: "job";
        } | {
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            /** Format: date */
            dueDate?: string;
            id?: string;
            jobId?: string;
            lines: {
                accountingCategory?: string;
                accountingClass?: string;
                amount: string;
                description?: string;
                name?: string;
                quantity: string;
                serviceId?: string;
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
                rate?: string;
            };
            terms?: string;
            total: string;
            /** @constant */
            type?: "invoice";
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
            fee?: string;
            id?: string;
            jobId?: string;
            method?: string;
            reference?: string;
            /** @enum {string} */
            status: "received" | "disputed" | "removed";
            /** @constant */
            type?: "payment";
        } | {
            amount: string;
            /** Format: date */
            date: string;
            id?: string;
            method?: string;
            paymentId: string;
            reason?: string;
            /** @enum {string} */
            status?: "issued" | "removed";
            /** @constant */
            type?: "refund";
        } | {
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
            customerId?: string;
            /** Format: date */
            date: string;
            departmentId?: string;
            id?: string;
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
                rate?: string;
            };
            total: string;
            /** @constant */
            type?: "creditMemo";
        };
        ReportItem: {
            /** @description Ours */
            amount: number;
            /** @description The total in the books, 0 if the document was deleted; null: unknown */
            booksTotal: number | null;
            /** @description Our name of today */
            customer: string | null;
            /** @description Of the customer in the books */
            customerExternalId: string | null;
            date: string;
            department: string | null;
            externalId: string | null;
            /** @description Null: not checked */
            finding: ("same" | "changed" | "gone") | null;
            readonly messages: string[];
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
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
            /** @description The total in the books, 0 if the document was deleted; null: unknown */
            booksTotal: number | null;
            /** @description Our name of today */
            customer: string | null;
            /** @description Of the customer in the books */
            customerExternalId: string | null;
            date: string;
            department: string | null;
            externalId: string | null;
            /** @description Null: not checked */
            finding: ("same" | "changed" | "gone") | null;
            readonly messages: string[];
            number: string;
            /** @enum {string} */
            operation: "invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list";
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
            /** @description The next due times; none while it is paused */
            readonly next: string[];
            paused: {
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            /** @description The note of a pause that was set in Temporal itself; a resume ends that pause. Null: there is none */
            pausedInTemporal: string | null;
            /** @enum {string} */
            send: "everything" | "invoices" | "payments";
            target: string;
            /** @description HH:MM in `timeZone` */
            readonly times: string[];
            /** @description The company’s */
            timeZone: string;
            /** @description A sentence, if Temporal does not have the newest schedule yet */
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
            /** @description The next due times; none while it is paused */
            readonly next: unknown[];
            paused: {
                at: unknown;
                by: string;
            } | null;
            /** @description The note of a pause that was set in Temporal itself; a resume ends that pause. Null: there is none */
            pausedInTemporal: string | null;
            /** @enum {string} */
            send: "everything" | "invoices" | "payments";
            target: string;
            /** @description HH:MM in `timeZone` */
            readonly times: string[];
            /** @description The company’s */
            timeZone: string;
            /** @description A sentence, if Temporal does not have the newest schedule yet */
            waiting?: string;
        };
        ScheduleRun: {
            /** @description The person who requested the run; null: the run was due */
            askedBy: string | null;
            /** Format: date-time */
            at: string;
            /** @description The batch that the run started, or the open batch that prevented it, as it is now */
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
             * @description When the run was due; for a run that a person requested, the time of the request
             */
            due: string;
            /** @description How the run ended, and what to do next */
            message: string;
            /**
             * @description `started`: a batch started; `nothing-to-send`: nothing was open; `batch-open`: another batch was still open; `needs-a-person`: a person must choose; `refused`: the company can’t start batches there now; `missed`: no worker ran it in time
             * @enum {string}
             */
            outcome: "started" | "nothing-to-send" | "batch-open" | "needs-a-person" | "refused" | "missed";
        };
        ScheduleRunInput: {
            /** @description The person who requested the run; null: the run was due */
            askedBy: string | null;
            at: unknown;
            /** @description The batch that the run started, or the open batch that prevented it, as it is now */
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                state: "selecting" | "validating" | "exporting" | "awaiting-approval" | "pushing" | "held" | "recording" | "posted" | "posted-in-part" | "nothing-posted" | "empty" | "stopped" | "declined" | "lapsed" | "canceled" | "failed" | "undoing" | "undone" | "undone-in-part";
            } | null;
            /** @description A code of docs/errors.md, where no batch was started */
            code: string | null;
            /** @description When the run was due; for a run that a person requested, the time of the request */
            due: unknown;
            /** @description How the run ended, and what to do next */
            message: string;
            /**
             * @description `started`: a batch started; `nothing-to-send`: nothing was open; `batch-open`: another batch was still open; `needs-a-person`: a person must choose; `refused`: the company can’t start batches there now; `missed`: no worker ran it in time
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
            /** @description The id of the key that seals grants now */
            key: string;
            sealedAgain: number;
            /** @description Sealed with a key that this API does not have, or damaged: add the key again, or reconnect */
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
            /** @description The id of the key that seals grants now */
            key: string;
            sealedAgain: number;
            /** @description Sealed with a key that this API does not have, or damaged: add the key again, or reconnect */
            readonly unreadable: {
                company: string;
                key: string;
                target: string;
            }[];
        };
        SentNotice: {
            /** Format: date-time */
            at: string;
            attempts: number;
            /** @enum {string} */
            channel: "email" | "slack";
            id: string;
            /** @description The page of the console that it leads to */
            link: string;
            /** @enum {string} */
            matter: "batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done" | "test" | "confirm";
            /**
             * @description `in-doubt`: its answer was lost twice, so it may have arrived. `over`: the matter was over before it was sent
             * @enum {string}
             */
            state: "waiting" | "sending" | "sent" | "refused" | "in-doubt" | "over";
            /** @description Why the last attempt failed, as a code */
            trouble: string | null;
        };
        SentNoticeInput: {
            at: unknown;
            attempts: number;
            /** @enum {string} */
            channel: "email" | "slack";
            id: string;
            /** @description The page of the console that it leads to */
            link: string;
            /** @enum {string} */
            matter: "batch-held" | "batch-problems" | "files-ready" | "approval-waiting" | "access-lost" | "access-ending" | "books-changed" | "schedule-stopped" | "import-done" | "test" | "confirm";
            /**
             * @description `in-doubt`: its answer was lost twice, so it may have arrived. `over`: the matter was over before it was sent
             * @enum {string}
             */
            state: "waiting" | "sending" | "sent" | "refused" | "in-doubt" | "over";
            /** @description Why the last attempt failed, as a code */
            trouble: string | null;
        };
        Session: {
            /** @description The name of the caller in batches and in the journal */
            actor: string;
            /** @description `person:<id>` or `key:<id>`, as in batches and in the journal */
            actorId: string;
            /** @description A person’s roles in single companies, beside `roles` */
            readonly companies: {
                id: string;
                name: string;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description The one company that the caller has access to; null where it may be several */
            companyId: string | null;
            /** @description Send it as `X-CSRF-Token` with every request but GET; null if the request came with a key instead of a cookie */
            csrfToken: string | null;
            /** @description The key that was signed in with; null for a person */
            keyId: string | null;
            /** @description The person who signed in; null where a key did */
            person: {
                id: string;
                name: string;
            } | null;
            /** @description Roles in that company; or, without one, the roles that apply to every company */
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        SessionInput: {
            /** @description The name of the caller in batches and in the journal */
            actor: string;
            /** @description `person:<id>` or `key:<id>`, as in batches and in the journal */
            actorId: string;
            /** @description A person’s roles in single companies, beside `roles` */
            readonly companies: {
                id: string;
                name: string;
                readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
            }[];
            /** @description The one company that the caller has access to; null where it may be several */
            companyId: string | null;
            /** @description Send it as `X-CSRF-Token` with every request but GET; null if the request came with a key instead of a cookie */
            csrfToken: string | null;
            /** @description The key that was signed in with; null for a person */
            keyId: string | null;
            /** @description The person who signed in; null where a key did */
            person: {
                id: string;
                name: string;
            } | null;
            /** @description Roles in that company; or, without one, the roles that apply to every company */
            readonly roles: ("source" | "viewer" | "poster" | "approver" | "admin")[];
        };
        SignInWays: {
            /** @description The provider with which people sign in; null: none is configured */
            account: {
                /** @description As in “Sign in with Google” */
                name: string;
            } | null;
            /** @description Whether anybody signs in with an address and a password */
            password: boolean;
        };
        SignInWaysInput: {
            /** @description The provider with which people sign in; null: none is configured */
            account: {
                /** @description As in “Sign in with Google” */
                name: string;
            } | null;
            /** @description Whether anybody signs in with an address and a password */
            password: boolean;
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
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
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
            fee?: string;
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
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
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
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status: "draft" | "finalized" | "void";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
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
            fee?: string;
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
            allocations?: {
                amount: string;
                invoiceId: string;
            }[];
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
                tax?: {
                    amount: string;
                    name?: string;
                };
                taxable?: boolean;
                unitPrice: string;
            }[];
            memo?: string;
            number?: string;
            serviceAddress?: {
                city?: string;
                country?: string;
                line1?: string;
                line2?: string;
                line3?: string;
                postalCode?: string;
                region?: string;
            };
            /** @enum {string} */
            status?: "issued" | "removed";
            tax?: {
                amount: string;
                name: string;
                parts?: {
                    amount: string;
                    name: string;
                    rate?: string;
                }[];
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
                /** @description Whether the target reports changes in the books */
                drift: boolean;
                /** @description Whether customers, products and services are linked to ids in the books */
                matching: boolean;
                /** @enum {string} */
                undo: "target" | "hand";
            };
            description: string;
            id: string;
            /** @description What a person does with the files, at a target of files */
            instructions?: string;
            name: string;
            /** @description JSON Schema of the settings, the admin’s form. Secrets have `secret: true`. The console leaves out what has `forOperators: true` */
            settings: unknown;
            stages: {
                id: string;
                name: string;
                operations: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list")[];
            }[];
            /** @description What a person does to undo a batch, where the target can’t do it */
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
                /** @description Whether the target reports changes in the books */
                drift: boolean;
                /** @description Whether customers, products and services are linked to ids in the books */
                matching: boolean;
                /** @enum {string} */
                undo: "target" | "hand";
            };
            description: string;
            id: string;
            /** @description What a person does with the files, at a target of files */
            instructions?: string;
            name: string;
            /** @description JSON Schema of the settings, the admin’s form. Secrets have `secret: true`. The console leaves out what has `forOperators: true` */
            settings: unknown;
            stages: {
                id: string;
                name: string;
                operations: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list")[];
            }[];
            /** @description What a person does to undo a batch, where the target can’t do it */
            undoInstructions?: string;
        };
        TemporalPayloads: {
            payloads: ({
                /** @description In base64 */
                data?: string;
                /** @description Each value in base64 */
                metadata?: {
                    [key: string]: string;
                };
            } & {
                [key: string]: unknown;
            })[];
        };
        TemporalPayloadsInput: {
            payloads: ({
                /** @description In base64 */
                data?: string;
                /** @description Each value in base64 */
                metadata?: {
                    [key: string]: string;
                };
            } & {
                [key: string]: unknown;
            })[];
        };
        UnbatchedRow: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            /** @description Something that it depends on changed since the last check. A worker checks it again within seconds; it can be batched */
            checking: boolean;
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
            /** @description What a batch would send; null where no batch can send the record */
            operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list") | null;
            /** @description Why the record can’t be sent, and all other findings */
            problems: components["schemas"]["DocumentProblem"][];
            /**
             * @description `waiting`: a re-allocation that is sent once its invoice is in the books or in the same batch
             * @enum {string}
             */
            readiness: "ready" | "waiting" | "stopped";
            /** @description A problem code, if the record is stopped */
            reason: string | null;
            revision: number;
            /** @enum {string} */
            type: "invoice" | "payment" | "refund" | "creditMemo";
        };
        UnbatchedRowInput: {
            /** @description Minor units of the company’s currency (cents) */
            amount: number;
            /** @description Something that it depends on changed since the last check. A worker checks it again within seconds; it can be batched */
            checking: boolean;
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
            /** @description What a batch would send; null where no batch can send the record */
            operation: ("invoice.insert" | "invoice.update" | "invoice.void" | "payment.insert" | "payment.update" | "journal.insert" | "journal.update" | "creditMemo.insert" | "creditMemo.update" | "warning.list") | null;
            /** @description Why the record can’t be sent, and all other findings */
            problems: components["schemas"]["DocumentProblemInput"][];
            /**
             * @description `waiting`: a re-allocation that is sent once its invoice is in the books or in the same batch
             * @enum {string}
             */
            readiness: "ready" | "waiting" | "stopped";
            /** @description A problem code, if the record is stopped */
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
             * @description How the documents are removed from the books: through the target’s interface, or by a person
             * @enum {string}
             */
            by: "target" | "hand";
            documents: {
                document: string;
                seq: number;
                state: string;
                /** @description What a person must do; for a document that the undo left alone, also why */
                todo: string | null;
            }[];
            instructions: string | null;
            /** @description A person confirmed that the files were loaded */
            loaded: boolean;
            /** @description Send it as `after` for the next page; absent on the last */
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
             * @description How the documents are removed from the books: through the target’s interface, or by a person
             * @enum {string}
             */
            by: "target" | "hand";
            documents: {
                document: string;
                seq: number;
                state: string;
                /** @description What a person must do; for a document that the undo left alone, also why */
                todo: string | null;
            }[];
            instructions: string | null;
            /** @description A person confirmed that the files were loaded */
            loaded: boolean;
            /** @description Send it as `after` for the next page; absent on the last */
            next?: string;
            warning: string | null;
        };
        Verification: {
            batch: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @description Documents that were checked so far. A document that a newer batch updated is checked with that batch */
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
            /** @description Rises with each verification of the batch; only the newest is kept */
            run: number;
            /** Format: date-time */
            startedAt: string;
            startedBy: string;
            /**
             * @description `failed`: not all documents could be checked, and `reason` states why
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
            /** @description Documents that were checked so far. A document that a newer batch updated is checked with that batch */
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
            /** @description Rises with each verification of the batch; only the newest is kept */
            run: number;
            startedAt: unknown;
            startedBy: string;
            /**
             * @description `failed`: not all documents could be checked, and `reason` states why
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
export type BookName = components['schemas']['BookName'];
export type BookNameInput = components['schemas']['BookNameInput'];
export type Cause = components['schemas']['Cause'];
export type CauseInput = components['schemas']['CauseInput'];
export type Chart = components['schemas']['Chart'];
export type ChartInput = components['schemas']['ChartInput'];
export type ClassOutcome = components['schemas']['ClassOutcome'];
export type ClassOutcomeInput = components['schemas']['ClassOutcomeInput'];
export type Company = components['schemas']['Company'];
export type CompanyAtAGlance = components['schemas']['CompanyAtAGlance'];
export type CompanyAtAGlanceInput = components['schemas']['CompanyAtAGlanceInput'];
export type CompanyInput = components['schemas']['CompanyInput'];
export type CompanyTarget = components['schemas']['CompanyTarget'];
export type CompanyTargetInput = components['schemas']['CompanyTargetInput'];
export type Connection = components['schemas']['Connection'];
export type ConnectionInput = components['schemas']['ConnectionInput'];
export type CreatedKey = components['schemas']['CreatedKey'];
export type CreatedKeyInput = components['schemas']['CreatedKeyInput'];
export type Dashboard = components['schemas']['Dashboard'];
export type DashboardInput = components['schemas']['DashboardInput'];
export type DocumentProblem = components['schemas']['DocumentProblem'];
export type DocumentProblemInput = components['schemas']['DocumentProblemInput'];
export type Drift = components['schemas']['Drift'];
export type DriftInput = components['schemas']['DriftInput'];
export type Finding = components['schemas']['Finding'];
export type FindingInput = components['schemas']['FindingInput'];
export type FoundName = components['schemas']['FoundName'];
export type FoundNameInput = components['schemas']['FoundNameInput'];
export type Import = components['schemas']['Import'];
export type ImportFilesSeen = components['schemas']['ImportFilesSeen'];
export type ImportFilesSeenInput = components['schemas']['ImportFilesSeenInput'];
export type ImportInput = components['schemas']['ImportInput'];
export type ImportReport = components['schemas']['ImportReport'];
export type ImportReportInput = components['schemas']['ImportReportInput'];
export type Intake = components['schemas']['Intake'];
export type IntakeInput = components['schemas']['IntakeInput'];
export type Invitation = components['schemas']['Invitation'];
export type InvitationInput = components['schemas']['InvitationInput'];
export type InvitationLink = components['schemas']['InvitationLink'];
export type InvitationLinkInput = components['schemas']['InvitationLinkInput'];
export type JournalEntry = components['schemas']['JournalEntry'];
export type JournalEntryInput = components['schemas']['JournalEntryInput'];
export type ListedSession = components['schemas']['ListedSession'];
export type ListedSessionInput = components['schemas']['ListedSessionInput'];
export type Look = components['schemas']['Look'];
export type LookInput = components['schemas']['LookInput'];
export type MatchingCounts = components['schemas']['MatchingCounts'];
export type MatchingCountsInput = components['schemas']['MatchingCountsInput'];
export type MatchingRow = components['schemas']['MatchingRow'];
export type MatchingRowInput = components['schemas']['MatchingRowInput'];
export type Notices = components['schemas']['Notices'];
export type NoticeSetting = components['schemas']['NoticeSetting'];
export type NoticeSettingInput = components['schemas']['NoticeSettingInput'];
export type NoticesInput = components['schemas']['NoticesInput'];
export type OfferedInvitation = components['schemas']['OfferedInvitation'];
export type OfferedInvitationInput = components['schemas']['OfferedInvitationInput'];
export type Person = components['schemas']['Person'];
export type PersonInput = components['schemas']['PersonInput'];
export type Preview = components['schemas']['Preview'];
export type PreviewInput = components['schemas']['PreviewInput'];
export type ProblemAnswer = components['schemas']['ProblemAnswer'];
export type ProblemAnswerInput = components['schemas']['ProblemAnswerInput'];
export type QuotaUse = components['schemas']['QuotaUse'];
export type QuotaUseInput = components['schemas']['QuotaUseInput'];
export type Readiness = components['schemas']['Readiness'];
export type ReadinessInput = components['schemas']['ReadinessInput'];
export type RecordAtAddress = components['schemas']['RecordAtAddress'];
export type RecordAtAddressInput = components['schemas']['RecordAtAddressInput'];
export type ReportItem = components['schemas']['ReportItem'];
export type ReportItemInput = components['schemas']['ReportItemInput'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduleInput = components['schemas']['ScheduleInput'];
export type ScheduleRun = components['schemas']['ScheduleRun'];
export type ScheduleRunInput = components['schemas']['ScheduleRunInput'];
export type SealRotation = components['schemas']['SealRotation'];
export type SealRotationInput = components['schemas']['SealRotationInput'];
export type SentNotice = components['schemas']['SentNotice'];
export type SentNoticeInput = components['schemas']['SentNoticeInput'];
export type Session = components['schemas']['Session'];
export type SessionInput = components['schemas']['SessionInput'];
export type SignInWays = components['schemas']['SignInWays'];
export type SignInWaysInput = components['schemas']['SignInWaysInput'];
export type SourceRecord = components['schemas']['SourceRecord'];
export type SourceRecordInput = components['schemas']['SourceRecordInput'];
export type Target = components['schemas']['Target'];
export type TargetInput = components['schemas']['TargetInput'];
export type TemporalPayloads = components['schemas']['TemporalPayloads'];
export type TemporalPayloadsInput = components['schemas']['TemporalPayloadsInput'];
export type UnbatchedRow = components['schemas']['UnbatchedRow'];
export type UnbatchedRowInput = components['schemas']['UnbatchedRowInput'];
export type Undo = components['schemas']['Undo'];
export type UndoInput = components['schemas']['UndoInput'];
export type Verification = components['schemas']['Verification'];
export type VerificationInput = components['schemas']['VerificationInput'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
