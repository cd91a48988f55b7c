using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Whose a release is: the company before the verb, or the one that owns the laboratory or product named there (千问 PC 端上线…).</summary>
/// <param name="Company">The company that the sentence names, else the owner of what it names.</param>
/// <param name="Start">Where its mention starts, offset into the passage.</param>
public sealed record Maker(Participant Company, int Start)
{
    private static readonly string[] Together = ["与", "和", "同", "联合", "携手", "及", "、", "and", "with", "&", "together with", "跟"];

    /// <summary>The maker named before a position in the same sentence; of several that act together the first.</summary>
    public static Maker? Before(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var all = sentence.All<Mention>().Where(m => m.End <= at && IsOwner(context, m) && !IsPartOfInstitution(sentence, m)).ToList();
        var owners = all.Where(m => !all.Exists(other => other != m && other.Start < m.End && m.Start < other.End && Rank(other).CompareTo(Rank(m)) < 0)).ToList();
        var last = owners.FindLastIndex(mention => ((!context.IsOblique(mention) || IsBy(sentence, mention, at)) && !IsHandled(sentence, mention)) || IsJoined(sentence, owners, mention) || IsTogether(sentence, mention, at));
        if (last < 0)
            return OfInstitution(context, at);
        while (last > 0 && Together.Contains(sentence.Slice(owners[last - 1].End, owners[last].Start).Trim(), StringComparer.OrdinalIgnoreCase))
            last--;
        var mention = owners[last];
        // 腾讯云 QClaw: the company stands before its product.
        while (last > 0 && mention.Kind != EntityKind.Company && owners[last - 1].Kind == EntityKind.Company && mention.Start - owners[last - 1].End <= 1)
            mention = owners[--last];
        // Alibaba's Qwen team
        if (last > 0 && owners[last - 1].Kind == EntityKind.Company && sentence.Slice(owners[last - 1].End, mention.Start).Trim() is "'s" or "’s" && AreOneHouse(context, owners[last - 1].Candidates, mention.Id))
            mention = owners[--last];
        return Of(context, mention) is { } company ? new Maker(company, mention.Start) : null;
    }

    // 国网中心 is an institute, no centre of 国网.
    private static bool IsPartOfInstitution(Sentence sentence, Mention mention) =>
        sentence.All<Mention>().Any(other => other.Kind == EntityKind.Organisation && other.Length > mention.Length && other.Start <= mention.Start && mention.End <= other.End);

    // 由某实验室牵头研发的 X
    private static bool IsBy(Sentence sentence, Mention mention, int at) =>
        mention.Start > sentence.Start && sentence.Passage.Text[mention.Start - 1] == '由' && sentence.Contains(["研发", "开发", "打造", "训练", "推出", "主导", "牵头", "发布"], mention.End, Math.Min(sentence.End, at + 12));

    // 国科会主导的 X, a university's model: no company, but who made it all the same.
    private static Maker? OfInstitution(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var clause = Clauses.Start(sentence, at);
        var mention = sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Organisation && m.Start >= clause && m.End <= at && (!context.IsOblique(m) || IsBy(sentence, m, at)));
        return mention is null ? null : new Maker(Participant.Of(mention, sentence), mention.Start);
    }

    /// <summary>What a new name with a version most likely is, by what its maker is known to make; null where nobody knows the maker.</summary>
    public static string? LikelyKind(SentenceContext context, Participant maker) =>
        maker.Candidates.Count == 0 ? null : context.Report.Vocabulary.LikelyMade(maker.Candidates[0]);

    /// <summary>The company that makes an entry of the vocabulary, as a participant; null where none is known.</summary>
    public static Participant? Of(SentenceContext context, string entryId)
    {
        var vocabulary = context.Report.Vocabulary;
        return vocabulary.Find(entryId)?.Maker is { } maker && vocabulary.Find(maker) is { } company ? new Participant(EntityKind.Company, company.Name, [maker]) : null;
    }

    /// <summary>Whether two companies are one house: the same, or one owns the other.</summary>
    public static bool AreOneHouse(SentenceContext context, IReadOnlyList<string> some, string other) =>
        some.Count == 0 || some.Any(id => Houses(context, id).Intersect(Houses(context, other), StringComparer.Ordinal).Any());

    private static Participant? Of(SentenceContext context, Mention mention) =>
        mention.Kind == EntityKind.Company ? Participant.Of(mention, context.Sentence) : Of(context, mention.Id);

    private static IEnumerable<string> Houses(SentenceContext context, string id)
    {
        for (var at = id; at is not null && at.Length > 0; at = context.Report.Vocabulary.Find(at)?.Maker)
            yield return at;
    }

    // 将 Reddit 等论坛纳入: an object, not who acts.
    private static bool IsHandled(Sentence sentence, Mention mention) =>
        sentence.Slice(mention.End, Math.Min(Clauses.End(sentence, mention.End), mention.End + 16)) is var rest && rest.IndexOf('等', StringComparison.Ordinal) is >= 0 and var listed && (listed == 0 || rest[..listed].Contains('、', StringComparison.Ordinal)) || sentence.Slice(Math.Max(sentence.Start, mention.Start - 2), mention.Start).TrimEnd() is [.., '将' or '把' or '获'];

    // Of two mentions over the same words the company, then the longer.
    private static (int, int, string) Rank(Mention mention) => (mention.Kind == EntityKind.Company ? 0 : 1, -mention.Length, mention.Kind);

    private static bool IsOwner(SentenceContext context, Mention mention) =>
        mention.Kind == EntityKind.Company
        || (mention.Kind is EntityKind.Product or EntityKind.Model or EntityKind.Organisation && context.Report.Vocabulary.Find(mention.Id)?.Maker is not null);

    // 某大学与面壁智能联合推出: 与 names a partner in what follows.
    private static bool IsTogether(Sentence sentence, Mention mention, int at) =>
        sentence.Slice(mention.End, at).Trim() is "联合" or "共同" or "合作" or "携手" or "联手" or "联合团队" or "jointly";

    // OpenAI 与 Cursor 联合发布: 与 makes the second no stranger to the release.
    private static bool IsJoined(Sentence sentence, List<Mention> owners, Mention mention)
    {
        var index = owners.IndexOf(mention);
        return index > 0 && Together.Contains(sentence.Slice(owners[index - 1].End, mention.Start).Trim(), StringComparer.OrdinalIgnoreCase);
    }
}
