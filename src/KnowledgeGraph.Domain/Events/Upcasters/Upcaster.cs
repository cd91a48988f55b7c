using System.Text.Json.Nodes;

namespace KnowledgeGraph.Domain.Events.Upcasters;

/// <summary>One step from a body as it was once written to the next version of it.</summary>
/// <param name="From">The stored name of the earlier version.</param>
/// <param name="To">The stored name of the next one, of which there may be a further step.</param>
/// <param name="Change">Turns the body of the one into that of the other; may change what it is given.</param>
public sealed record Upcaster(string From, string To, Func<JsonObject, JsonObject> Change);
