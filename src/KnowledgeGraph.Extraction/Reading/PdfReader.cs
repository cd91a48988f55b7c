namespace KnowledgeGraph.Extraction.Reading;
internal static class PdfReader { public static ReadResult Read(ReadOnlyMemory<byte> bytes) => DocumentReader.Refuse(UnreadableReason.UnsupportedFormat, "pdf"); }
