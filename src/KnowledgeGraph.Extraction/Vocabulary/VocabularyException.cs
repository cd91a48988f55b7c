namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>The vocabulary's data is missing or contradicts itself; the message names file, line and entry.</summary>
public sealed class VocabularyException(string message, Exception? inner = null) : Exception(message, inner);
