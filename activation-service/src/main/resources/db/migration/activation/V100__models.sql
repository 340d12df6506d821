create table model (
    id            text primary key,
    name          text        not null,
    sha256        text        not null,
    bytes         bigint      not null,
    kind          text        not null,
    input_name    text        not null,
    fixed_batch   integer     not null,
    -- The request's own document, as JSON.
    preprocessing text        not null,
    created_at    timestamptz not null
);

create table model_tap (
    model_id    text    not null references model (id) on delete cascade,
    position    integer not null,
    name        text    not null,
    tensor      text    not null,
    depth       integer not null,
    width       integer not null,
    layout      text    not null,
    -- Comma-separated names of the tokens that can be selected.
    tokens      text    not null,
    n_tokens    integer not null,
    first_patch integer not null,
    n_patches   integer not null,
    primary key (model_id, position)
);
