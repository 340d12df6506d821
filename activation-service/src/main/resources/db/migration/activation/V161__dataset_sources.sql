alter table dataset add column source_s3 text;
-- A Source as JSON; null where labels come from the source itself
alter table dataset add column label_file jsonb;
