-- The day from which Keka refuses the API key, as whoever made the key entered it here: Keka tells it to nobody.
alter table connection add column key_expires_on date;
