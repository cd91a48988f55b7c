namespace KnowledgeGraph.Extraction.Reading;
internal static class HtmlReader { public static ReadResult Read(string text) => DocumentReader.Refuse(UnreadableReason.UnsupportedFormat, "html"); }
