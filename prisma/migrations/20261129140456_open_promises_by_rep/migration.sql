-- CreateIndex
CREATE INDEX "app_user_team_id_idx" ON "app_user"("team_id");

-- Each next call looks at the rep's open promises and his team's; the kept ones of years must not stand between them.
CREATE INDEX "promise_open_by_rep" ON "promise"("rep_id", "deadline_at") WHERE "status" = 'open';
