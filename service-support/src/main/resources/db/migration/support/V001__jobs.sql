-- Long work. A service's aggregate shares its id with its job; workers change this row only.
create table job (
    id                  text primary key,
    kind                text        not null,
    state               text        not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    idempotency_key     text,
    fingerprint         text,
    done                bigint      not null default 0,
    total               bigint      not null default 0,
    unit                text        not null default '',
    progress_at         timestamptz,
    attempt_started_at  timestamptz,
    attempt_from        bigint,
    attempts            integer     not null default 0,
    failures            integer     not null default 0,
    crashes             integer     not null default 0,
    -- Counts the times a worker took the job; a worker that has lost it may write no more.
    run_token           bigint      not null default 0,
    -- True from the moment a worker takes the job until it lets go; still true afterwards means that the worker died.
    held                boolean     not null default false,
    cancel_requested    boolean     not null default false,
    error_code          text,
    error_detail        text,
    created_at          timestamptz not null,
    started_at          timestamptz,
    finished_at         timestamptz,
    unique (kind, idempotency_key)
);

-- db-scheduler's table: one row for each job that is waiting or being worked on.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
