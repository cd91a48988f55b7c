using System.Security.Cryptography;
using System.Text;
using KnowledgeGraph.EventStore.Daemon;

namespace KnowledgeGraph.Api.Views;

/// <summary>
/// Tables that one projection fills, all in one schema and nothing else in it, so that a second set of them can be built beside the live one.
/// </summary>
/// <param name="Schema">Where the live tables stand; an identifier that needs no quotes.</param>
/// <param name="Script">Makes the tables and their indexes.</param>
/// <param name="Version">To be raised with every change of the fold that the script does not show; names what else it depends on.</param>
/// <param name="Tables">The tables and what makes a row of each unique.</param>
/// <param name="Fold">The projection that fills the tables in a given schema.</param>
public sealed record ViewSet(
    string Schema, ViewScript Script, string Version, IReadOnlyList<(string Table, string Key)> Tables, Func<string, IProjection> Fold)
{
    /// <summary>
    /// The live tables' checkpoint. It names what they are made of: a node of another version has another checkpoint and cannot write into
    /// tables that it does not know.
    /// </summary>
    public string CheckpointName { get; } =
        $"{Schema}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version}\n{Script.Tables}{Script.Decisions}{Script.Readers}")))[..8]}";
}
