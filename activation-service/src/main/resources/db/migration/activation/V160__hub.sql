-- Revisions of the hub as they were last looked up; a commit is a revision of its own.
create table hub_revision (
    hub        text        not null,
    repository text        not null,
    revision   text        not null,
    -- HubListing as JSON
    listing    jsonb       not null,
    seen_at    timestamptz not null,
    primary key (hub, repository, revision)
);

-- Small files have a git hash on the hub and a SHA-256 in the store.
create table hub_blob (
    git_sha1 text primary key,
    sha256   text not null
);

create table hub_download (
    id       text   primary key references job (id),
    version  bigint not null,
    hf       text   not null,
    revision text,
    file     text,
    -- HubDownload.Result as JSON
    result   jsonb
);

-- HubOrigin as JSON; null for a model from elsewhere
alter table model add column origin jsonb;
