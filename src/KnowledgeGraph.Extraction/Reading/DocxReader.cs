namespace KnowledgeGraph.Extraction.Reading;
internal static class DocxReader { public static ReadResult Read(ReadOnlyMemory<byte> bytes) => DocumentReader.Refuse(UnreadableReason.UnsupportedFormat, "docx"); }
