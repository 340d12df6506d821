create table dataset (
    id            text primary key references job (id),
    name          text    not null,
    source_path   text,
    source_url    text,
    source_upload text,
    layout        text    not null,
    on_bad_image  text    not null,
    manifest      text,
    n_images      integer not null default 0,
    n_skipped     integer not null default 0,
    n_duplicates  integer not null default 0
);

create table dataset_skipped (
    dataset_id text    not null references dataset (id) on delete cascade,
    position   integer not null,
    path       text    not null,
    reason     text    not null,
    primary key (dataset_id, position)
);

create table dataset_label (
    dataset_id text    not null references dataset (id) on delete cascade,
    position   integer not null,
    label      text    not null,
    n_images   integer not null,
    primary key (dataset_id, position)
);
