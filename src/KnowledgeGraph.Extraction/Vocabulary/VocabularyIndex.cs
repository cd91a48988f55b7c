using System.Security.Cryptography;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>
/// The vocabulary, ready for lookup: every surface form leads to its entries. Immutable and safe for concurrent use. An alias of several
/// entries keeps them all; files and entries in their order decide which is first.
/// </summary>
public sealed class VocabularyIndex
{
    private readonly Dictionary<string, VocabularyEntry> entries;
    private readonly SurfaceTrie trie;

    private readonly SurfaceTrie? introduced;

    private readonly IReadOnlySet<string> chipHouses;

    private VocabularyIndex(Dictionary<string, VocabularyEntry> entries, SurfaceTrie trie, string fingerprint, IReadOnlySet<string> chipHouses, SurfaceTrie? introduced = null)
    {
        this.chipHouses = chipHouses;
        this.entries = entries;
        this.trie = trie;
        this.introduced = introduced;
        Fingerprint = fingerprint;
    }

    /// <summary>Twelve hex digits over the files' bytes: the same data, the same fingerprint.</summary>
    public string Fingerprint { get; }

    public IReadOnlyCollection<VocabularyEntry> Entries => entries.Values;

    /// <summary>Loads every <c>*.yaml</c> of a folder.</summary>
    /// <exception cref="VocabularyException">Data that contradicts itself, or no data; names file, line and entry.</exception>
    public static VocabularyIndex Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        if (files.Length == 0)
            throw new VocabularyException($"'{folder}' holds no vocabulary (*.yaml).");
        Array.Sort(files, StringComparer.Ordinal);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var raws = new List<RawEntry>();
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
            raws.AddRange(VocabularyReader.Read(file));
        }

        var loading = new VocabularyLoading();
        loading.Add(raws);
        return new VocabularyIndex(loading.Entries, loading.Trie, Convert.ToHexStringLower(hash.GetHashAndReset())[..12], ChipHouses(loading.Entries.Values));
    }

    /// <summary>Whether all that the vocabulary knows a company to make are chips: of a name with a number behind it nothing else can be meant.</summary>
    public bool MakesChipsOnly(string companyId) => chipHouses.Contains(companyId);

    private static HashSet<string> ChipHouses(IReadOnlyCollection<VocabularyEntry> entries) =>
        [.. entries.Where(entry => entry.Maker is not null && entry.Kind is EntityKind.Chip or EntityKind.Model or EntityKind.Product).GroupBy(entry => entry.Maker!, StringComparer.Ordinal)
            .Where(made => made.All(entry => entry.Kind == EntityKind.Chip)).Select(made => made.Key)];

    /// <summary>
    /// What a new name with a version most likely is, by what its maker is known to make: a model of a laboratory, a chip of a chip house, else
    /// a product.
    /// </summary>
    public string LikelyMade(string makerId)
    {
        var made = Entries.Where(entry => entry.Maker == makerId && entry.Kind is EntityKind.Model or EntityKind.Chip or EntityKind.Product).ToList();
        return made.Count == 0 ? EntityKind.Product : made.Exists(entry => entry.Kind == EntityKind.Product) ? made.Exists(entry => entry.Kind == EntityKind.Model) ? EntityKind.Model : EntityKind.Product : made.GroupBy(entry => entry.Kind).MaxBy(group => group.Count())!.Key;
    }

    /// <summary>This vocabulary and, for one report, the names that it introduces itself; an entry that is known already is left as it is.</summary>
    public VocabularyIndex With(IReadOnlyCollection<VocabularyEntry> added)
    {
        if (added.Count == 0)
            return this;
        var all = new Dictionary<string, VocabularyEntry>(entries, StringComparer.Ordinal);
        var own = new SurfaceTrie(added.Count);
        foreach (var entry in added.Where(entry => all.TryAdd(entry.Id, entry)))
        {
            foreach (var name in entry.Aliases.Append(entry.Name))
                own.Add(SurfaceForm.From(entry, name, caseSensitive: true, Place.Anywhere));
        }

        return new VocabularyIndex(all, trie, Fingerprint, chipHouses, own);
    }

    /// <exception cref="KeyNotFoundException">No entry has this id.</exception>
    public VocabularyEntry Entry(string id) => entries.TryGetValue(id, out var entry) ? entry : throw new KeyNotFoundException($"The vocabulary has no entry '{id}'.");

    public VocabularyEntry? Find(string id) => entries.GetValueOrDefault(id);

    /// <summary>
    /// All mentions in reading order, for each kind the longest: a mention that lies inside a longer one of its own kind is left out, and so
    /// is one behind the first character of an entity's longer name (荣耀 in 王者荣耀); the head stays (the company in 英伟达 Vera CPU). Bare tickers count in ticker position only: brackets, $NVDA, NASDAQ: NVDA, a whole cell.
    /// </summary>
    public IReadOnlyList<Mention> Find(Passage passage)
    {
        var text = Folding.Fold(passage.Text);
        var lower = text.ToLowerInvariant();
        var matches = new List<SurfaceMatch>();
        for (var i = 0; i < lower.Length; i++)
        {
            trie.MatchAt(lower, text, i, matches);
            introduced?.MatchAt(lower, text, i, matches);
        }

        matches.RemoveAll(match => !Placement.Allows(text, match));
        return MentionSelection.Longest(matches);
    }

    /// <summary>
    /// The entry that a whole text names (a table cell, a hint), or null where none does. Bare tickers count; those that look like a word or
    /// an amount (AI, 1024) only where a company is asked for. Tolerates
    /// share classes (-W, -SW), a ticker in brackets, company suffixes in both languages, and the same name twice (腾讯 Tencent).
    /// </summary>
    /// <param name="kind">Only entries of this kind; null for the first kind that fits, companies before others.</param>
    public VocabularyEntry? MatchWhole(string text, string? kind = null)
    {
        var candidates = WholeName.Candidates(text, each => Whole(each, kind));
        return candidates.FirstOrDefault(entry => kind is null || entry.Kind == kind);
    }

    /// <summary>The family whose name a longer name begins with (Qwen4.1-Max: model/qwen), the longest where several do; null where none does.</summary>
    public VocabularyEntry? FamilyOf(string name, string? kind = null)
    {
        var text = Folding.Fold(name.Trim());
        if (text.Length == 0)
            return null;
        var matches = new List<SurfaceMatch>();
        trie.MatchAt(text.ToLowerInvariant(), text, 0, matches);
        return matches.OrderByDescending(match => match.End).Select(match => match.Form.Entry)
            .FirstOrDefault(entry => entry.IsFamily && (kind is null || entry.Kind == kind));
    }

    private IReadOnlyList<VocabularyEntry> Whole(string text, string? kind)
    {
        var folded = Folding.Fold(text).Trim();
        if (folded.Length == 0 || SurfaceForm.IsSeparator(folded[0]))
            return [];
        var matches = new List<SurfaceMatch>();
        trie.MatchAt(folded.ToLowerInvariant(), folded, 0, matches);
        return [.. matches.Where(match => match.End == folded.Length && match.Form.Entry.Kind != VocabularyReader.NotNames && (kind == match.Form.Entry.Kind || !match.Form.IsDoubtfulAlone))
            .Select(match => match.Form.Entry).Distinct().OrderBy(MentionSelection.KindOrder)];
    }
}
