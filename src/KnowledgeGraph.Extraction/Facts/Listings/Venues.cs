using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Listings;

/// <summary>Exchanges and indices that a company comes to.</summary>
internal static class Venues
{
    private static readonly string[] Words = ["交易所", "交所", "Exchange", "科创板", "创业板", "主板", "Nasdaq", "NYSE", "纳斯达克", "Market", "GEM", "HKEX", "柜买", "柜台买卖", "TPEx", "KOSDAQ", "Euronext", "Bursa", "Tadawul", "Xetra"];

    /// <summary>The exchange named in a stretch, or null.</summary>
    public static Party? Near(SentenceContext context, int from, int to) =>
        context.Sentence.Within<Mention>(from, to).Where(mention => mention.Kind == EntityKind.Organisation && IsExchange(context, mention.Id))
            .Select(mention => new Party(mention.Start, mention.End, new Participant(mention.Kind, context.Sentence.Slice(mention), [.. mention.Candidates.Where(id => IsExchange(context, id))]))).FirstOrDefault();

    /// <summary>Hong Kong has one exchange: whoever goes there to be listed goes to it (赴港上市, 港股 IPO).</summary>
    public static Party? InHongKong(SentenceContext context, int from, int to) =>
        HongKong(context, context.Sentence.Find(Coming, from, to));

    private static readonly string[] Coming = ["赴港上市", "来港上市", "赴港", "来港", "港股 IPO", "港股IPO", "港股上市", "在港上市", "赴香港上市", "香港上市", "H 股上市", "H股上市", "港股", "在港", "香港主板", "H股", "H 股", "Hong Kong IPO", "Hong Kong debut", "Hong Kong listing", "in Hong Kong"];

    private static Party? HongKong(SentenceContext context, (int Start, int End)? found) =>
        found is { } place && context.Report.Vocabulary.Find("organisation/hkex-exchange") is { } exchange
            ? new Party(place.Start, place.End, new Participant(exchange.Kind, exchange.Name, [exchange.Id])) : null;

    /// <summary>The exchange of which the heading over the block or the sentences before it speak: 港股 IPO 观察.</summary>
    public static Party? Over(SentenceContext context)
    {
        var blocks = context.Report.Document.Blocks;
        for (var heading = context.Sentence.Block.Heading; heading >= 0; heading = blocks[heading].Heading)
        {
            var text = blocks[heading].Passage.Text;
            if (Coming.Any(word => text.Contains(word, StringComparison.Ordinal)) || text.Contains("港交所", StringComparison.Ordinal))
                return HongKong(context, (context.Sentence.Start, context.Sentence.Start));
        }

        return context.Earlier.Take(2).Select(before => InHongKong(before, before.Sentence.Start, before.Sentence.End)).FirstOrDefault(place => place is not null) is { } told ? told with { Start = context.Sentence.Start, End = context.Sentence.Start } : null;
    }

    private static readonly string[] Boards = ["科创板", "创业板", "创新板", "北交所", "上柜", "柜买中心", "兴柜", "创柜板", "战略新板", "主板", "新三板"];

    /// <summary>The board that stands for its exchange where that is not named.</summary>
    public static Party? Board(Sentence sentence, int from, int to) =>
        sentence.Find(Boards, from, to) is { } board ? new Party(board.Start, board.End, Participant.Unknown(EntityKind.Organisation, sentence.Slice(board.Start, board.End))) : null;

    public static bool IsVenue(SentenceContext context, Party party) => party.Who.Kind == EntityKind.Index || party.Who.Candidates.Any(id => id.StartsWith("organisation/", StringComparison.Ordinal) && IsExchange(context, id));

    /// <summary>Indices in a stretch that follow each other, from the first on.</summary>
    public static IReadOnlyList<Party> Indices(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var indices = sentence.Within<Mention>(from, to).Where(mention => mention.Kind == EntityKind.Index).Select(mention => new Party(mention.Start, mention.End, Participant.Of(mention, sentence))).ToList();
        if (indices.Count == 0 && Unlisted(sentence, from, to) is { } unlisted)
            return [unlisted];
        var count = Math.Min(1, indices.Count);
        while (count < indices.Count && PartyLists.IsJoined(sentence, indices[count - 1].End, indices[count].Start))
            count++;
        return [.. indices.Take(count)];
    }

    // 台湾 50 指数: an index that no vocabulary knows ends as indices do.
    private static Party? Unlisted(Sentence sentence, int from, int to)
    {
        if (sentence.Find(["指数", "Index"], from, to) is not { } word)
            return null;
        var text = sentence.Slice(from, word.End).Trim();
        return text.Length is >= 5 and <= 18 && text.IndexOfAny([',', '。', '的', '、', ':']) < 0 && !text.Contains("多", StringComparison.Ordinal) ? new Party(word.End - text.Length, word.End, Participant.Unknown(EntityKind.Index, text)) : null;
    }

    /// <summary>The channel to the mainland's investors, no index though it stands among them.</summary>
    public static bool IsConnect(Sentence sentence, Party index) =>
        new[] { "港股通", "沪港通", "深港通", "互联互通", "港股通机制", "沪深港通", "港股通标的", "Stock Connect", "Southbound Stock Connect" }.Contains(sentence.Slice(index.Start, index.End), StringComparer.OrdinalIgnoreCase);

    private static bool IsExchange(SentenceContext context, string id)
    {
        var entry = context.Report.Vocabulary.Entry(id);
        return Words.Any(word => entry.Name.Contains(word, StringComparison.Ordinal) || entry.Aliases.Any(alias => alias.Contains(word, StringComparison.Ordinal)));
    }
}
