-- History: filters by person and type, replay to a date, and what is known of samples that were deleted.

-- CreateTable
CREATE TABLE "DeletedSample" (
    "sampleId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "role" "SampleRole" NOT NULL,
    "folder" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeletedSample_pkey" PRIMARY KEY ("sampleId")
);

-- CreateIndex
CREATE INDEX "DeletedSample_projectId_deletedAt_idx" ON "DeletedSample"("projectId", "deletedAt");

-- AddForeignKey
ALTER TABLE "DeletedSample" ADD CONSTRAINT "DeletedSample_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_userId_id_idx" ON "AuditEvent"("projectId", "userId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_type_id_idx" ON "AuditEvent"("projectId", "type", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_createdAt_idx" ON "AuditEvent"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Decision_projectId_sampleId_version_idx" ON "Decision"("projectId", "sampleId", "version" DESC);
