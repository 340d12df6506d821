-- SAEs that are trained side by side: the group's id is its job's.
create table sae_group (
    id  text primary key references job (id)
);

-- The group that an SAE was ordered with, and its place there.
alter table sae add column group_id text references sae_group (id) on delete set null;
alter table sae add column group_position integer;

-- Whether the group's pass trains it; an SAE that was taken up again on its own has left it.
alter table sae add column in_group_pass boolean not null default false;

create index sae_group_members on sae (group_id, group_position);
