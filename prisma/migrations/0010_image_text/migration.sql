-- CreateTable
CREATE TABLE "TextTower" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "textSha256" TEXT NOT NULL,
    "tokenizerSha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "weights" JSONB NOT NULL DEFAULT '[]',
    "config" JSONB NOT NULL,
    "dim" INTEGER NOT NULL,
    "parameters" BIGINT,
    "isDemonstration" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TextTower_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TextEmbedding" (
    "towerId" UUID NOT NULL,
    "textHash" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,
    "truncated" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TextEmbedding_pkey" PRIMARY KEY ("towerId","textHash")
);

-- CreateTable
CREATE TABLE "PromptPool" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "name" TEXT NOT NULL,
    "pairs" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PromptPool_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TextTower_modelId_key" ON "TextTower"("modelId");

-- CreateIndex
CREATE UNIQUE INDEX "TextTower_name_key" ON "TextTower"("name");

-- CreateIndex
CREATE UNIQUE INDEX "PromptPool_projectId_name_key" ON "PromptPool"("projectId", "name");

-- AddForeignKey
ALTER TABLE "TextTower" ADD CONSTRAINT "TextTower_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextEmbedding" ADD CONSTRAINT "TextEmbedding_towerId_fkey" FOREIGN KEY ("towerId") REFERENCES "TextTower"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PromptPool" ADD CONSTRAINT "PromptPool_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
