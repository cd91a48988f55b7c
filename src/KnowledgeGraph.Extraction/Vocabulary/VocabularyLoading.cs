using System.Globalization;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>Turns raw entries into entries and surface forms, and refuses data that contradicts itself.</summary>
internal sealed class VocabularyLoading
{
    private readonly Dictionary<string, Market> bySuffix = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawEntry> rawById = new(StringComparer.Ordinal);

    public Dictionary<string, VocabularyEntry> Entries { get; } = new(StringComparer.Ordinal);

    public SurfaceTrie Trie { get; } = new();

    public void Add(IReadOnlyList<RawEntry> raws)
    {
        foreach (var raw in raws.Where(raw => raw.Kind == TermKind.Market))
            AddMarket(raw);
        foreach (var raw in raws.Where(raw => raw.Kind is not (TermKind.Market or VocabularyReader.NotNames)))
        {
            if (!rawById.TryAdd(IdOf(raw), raw))
                throw raw.Wrong($"has an id that {rawById[IdOf(raw)].File}:{rawById[IdOf(raw)].Line.ToString(CultureInfo.InvariantCulture)} has already");
        }

        foreach (var (id, raw) in rawById)
        {
            var entry = Entry(id, raw);
            Entries.Add(id, entry);
            AddForms(entry, raw);
        }

        foreach (var raw in raws.Where(raw => raw.Kind == VocabularyReader.NotNames))
            AddPhrases(raw);
    }

    private static string IdOf(RawEntry raw) => $"{raw.Kind}/{raw.Slug}";

    private void AddMarket(RawEntry raw)
    {
        var market = new Market(
            raw.Slug, raw.One("currency") ?? throw raw.Wrong("has no currency"), raw.Many("suffixes"), raw.Many("spaced"), Number(raw, "digits", 0, 0, 9));
        foreach (var suffix in market.Suffixes)
        {
            if (!bySuffix.TryAdd(suffix, market))
                throw raw.Wrong($"shares the suffix '{suffix}' with another market");
        }
    }

    private VocabularyEntry Entry(string id, RawEntry raw)
    {
        var family = Reference(raw, "of", raw.Kind);
        return new VocabularyEntry
        {
            Id = id,
            Kind = raw.Kind,
            Name = raw.One("name") ?? throw raw.Wrong("has no name"),
            Aliases = [.. raw.Many("aliases").Concat(raw.Many("cased")).Concat(raw.Many("weak")).Where(alias => alias != raw.One("name"))],
            Listings = [.. raw.Many("tickers").Select(ticker => ListingOf(raw, ticker))],
            Maker = Reference(raw, "maker", Domain.Entities.EntityKind.Company) ?? (family is null ? null : Reference(rawById[family], "maker", Domain.Entities.EntityKind.Company)),
            Family = family,
            IsFamily = raw.Flag("family"),
            FiscalYearEnd = Number(raw, "fiscalYearEnd", 12, 1, 12),
            Home = raw.One("home"),
            IsMedia = raw.Flag("media"),
            MetricKinds = raw.Many("kind"),
            Value = raw.One("value") ?? raw.Slug,
        };
    }

    private string? Reference(RawEntry raw, string key, string kind)
    {
        if (raw.One(key) is not { } slug)
            return null;
        var id = $"{kind}/{slug}";
        return rawById.ContainsKey(id) ? id : throw raw.Wrong($"names '{slug}' in '{key}', and there is no {id}");
    }

    private Listing ListingOf(RawEntry raw, string ticker)
    {
        var dot = ticker.LastIndexOf('.');
        if (dot < 1)
            throw raw.Wrong($"has a ticker without exchange: '{ticker}'");
        return bySuffix.TryGetValue(ticker[(dot + 1)..], out var market)
            ? Listing.From(ticker, market)
            : throw raw.Wrong($"has a ticker of an unknown market: '{ticker}'");
    }

    private static int Number(RawEntry raw, string key, int otherwise, int low, int high)
    {
        if (raw.One(key) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : throw raw.Wrong($"'{key}' is '{text}', no number from {low.ToString(CultureInfo.InvariantCulture)} to {high.ToString(CultureInfo.InvariantCulture)}");
    }

    private void AddForms(VocabularyEntry entry, RawEntry raw)
    {
        var isCased = raw.Many("cased").ToHashSet(StringComparer.Ordinal);
        var isWeak = raw.Many("weak").ToHashSet(StringComparer.Ordinal);
        foreach (var alias in entry.Aliases.Append(entry.Name))
            AddForm(raw, SurfaceForm.From(entry, alias, isCased.Contains(alias), isWeak.Contains(alias) ? Place.Apart : Place.Anywhere));
        foreach (var listing in entry.Listings)
            AddTicker(entry, raw, listing);
    }

    /// <summary>A code alone counts by its length: four letters are a name (NVDA), one or two an everyday abbreviation (AI); <c>bare</c> overrides.</summary>
    private void AddTicker(VocabularyEntry entry, RawEntry raw, Listing listing)
    {
        var place = raw.One("bare") switch
        {
            "text" => Place.Anywhere,
            "brackets" => Place.Brackets,
            "asked" => Place.Asked,
            null when char.IsAsciiDigit(listing.Codes[0][0]) => Place.Brackets,
            null => listing.Codes[0].Length switch { <= 2 => Place.Asked, 3 => Place.Brackets, _ => Place.Anywhere },
            var other => throw raw.Wrong($"'bare' is '{other}', not text, brackets or asked"),
        };
        foreach (var written in listing.Dotted)
            AddForm(raw, SurfaceForm.From(entry, written, caseSensitive: true, Place.Anywhere));
        foreach (var written in listing.Spaced)
            AddForm(raw, SurfaceForm.From(entry, written, caseSensitive: true, place == Place.Asked || LooksLikeYear(written[..4]) ? Place.Brackets : Place.Anywhere));
        foreach (var code in listing.Codes.Where(code => !LooksLikeYear(code)))
            AddForm(raw, SurfaceForm.From(entry, code, caseSensitive: true, place));
    }

    private static bool LooksLikeYear(string code) => code.Length == 4 && (code.StartsWith("19", StringComparison.Ordinal) || code.StartsWith("20", StringComparison.Ordinal));

    private void AddPhrases(RawEntry raw)
    {
        var entry = new VocabularyEntry { Id = $"{raw.Kind}/{raw.Slug}", Kind = raw.Kind, Name = raw.Slug, Value = raw.Slug };
        foreach (var phrase in raw.Many("phrases"))
            AddForm(raw, SurfaceForm.From(entry, phrase, caseSensitive: false, Place.Anywhere));
    }

    private void AddForm(RawEntry raw, SurfaceForm form)
    {
        if (form.Key.Length is 0 or > SurfaceForm.MaxKey)
            throw raw.Wrong($"has a surface form of no or too many letters: '{form.Cased}'");
        Trie.Add(form);
    }
}
