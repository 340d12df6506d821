create table experiment (
    id            text primary key references job (id),
    name          text        not null,
    -- The document as submitted, with every default filled in (JSON).
    spec          text        not null,
    model_id      text        not null,
    dataset_id    text        not null,
    -- Label to wnid (JSON), once resolved.
    labels        text,
    -- Why it does not get on just now, in words for a person.
    waiting_code  text,
    waiting_for   text,
    created_at    timestamptz not null,
    changed_at    timestamptz not null,
    version       bigint      not null
);

create table stage (
    id            text primary key,
    experiment_id text        not null references experiment (id) on delete cascade,
    position      integer     not null,
    kind          text        not null,
    layer         text,
    state         text        not null,
    done          bigint      not null default 0,
    total         bigint      not null default 0,
    unit          text        not null default '',
    -- Id of the job in the service that works on it.
    resource_id   text,
    retry         boolean     not null default false,
    started_at    timestamptz,
    finished_at   timestamptz,
    unique (experiment_id, position)
);
