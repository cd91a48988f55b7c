using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>What is released: its name, what it is, and the words that say so.</summary>
/// <param name="Text">The full name: the bare name, or with the nouns behind it where they belong to it (ChatGPT 个人理财工具).</param>
/// <param name="Kind">model, product or chip.</param>
/// <param name="Candidates">Vocabulary ids that own exactly this name.</param>
/// <param name="MakerId">Id of the company that makes its family, or null.</param>
/// <param name="Category">The ontology's category of a product, or null.</param>
/// <param name="Phrase">The words before and behind the name that describe it.</param>
/// <param name="Start">Offsets of the thing's phrase into the passage.</param>
public sealed record ReleasedThing(string Text, string Kind, IReadOnlyList<string> Candidates, string? MakerId, string? Category, string Phrase, int Start, int End)
{
    /// <summary>A name with what stands before it from a position on; null where it names nothing that can be released.</summary>
    /// <param name="maker">Who releases it, where that is known: what it makes tells what a name that nothing else explains is.</param>
    public static ReleasedThing? Of(SentenceContext context, Name name, int from, Participant? maker = null)
    {
        var sentence = context.Sentence;
        var before = sentence.Slice(Math.Min(from, name.Start), name.Start);
        var span = NounEvidence.PhraseBehind(sentence, name);
        var behind = span is null ? "" : sentence.Slice(span);
        // 千帆智能体平台 3.0: the version behind the noun is no part of it.
        var noun = HeadNouns.Ending(behind.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ', 'V', 'v'));
        var isExact = name.Candidates.Count > 0;
        // “全家桶” is a noun and names nothing; 抖音生活服务榜 is a thing of 抖音 and not 抖音.
        if (HeadNouns.Ending(name.Text)?.Word == name.Text || (isExact && noun is null && name.Kind == EntityKind.Product && behind.Count(c => c >= '\u4e00') >= 3))
            return null;
        var family = name.Family is null ? null : context.Report.Vocabulary.Find(name.Family);
        if (noun is not null && NounEvidence.Extension(sentence, name) is { } extension)
            return Extended(sentence, name, extension, noun, family?.Maker, before);
        // A family as a whole is not released; what is named after it is.
        if (isExact && family is { IsFamily: true, Family: null } && name.Kind is EntityKind.Model or EntityKind.Chip && !name.Text.Any(c => char.IsAsciiDigit(c) || c == '第'))
            return null;
        var told = noun ?? HeadNouns.Ending(before) ?? context.Report.Kinds.Noun(name);
        var kind = noun is { Word: "方案" or "技术" } && name.Kind == EntityKind.Chip ? EntityKind.Product
            : context.Report.Kinds.Kind(name) ?? (isExact ? null : told?.Kind ?? ByMaker(context, name, before, maker) ?? ByShape(name));
        if (kind is null)
            return null;
        return new ReleasedThing(context.Report.Kinds.FullName(name), kind, name.Candidates, family?.Maker, told?.Category ?? (kind == EntityKind.Product ? null : ""), before + " " + behind, name.Start, Math.Max(name.End, span?.End ?? 0));
    }

    /// <summary>The fact, or null where the sentence is of something else: another maker's model taken up, nobody to whom it could belong.</summary>
    /// <param name="verb">Where the word of releasing stands.</param>
    /// <param name="maker">Who the sentence says releases it; null to take the family's maker, else whom the text went on about.</param>
    public FactDraft? Draft(SentenceContext context, Span verb, Maker? maker)
    {
        if (maker is not null && MakerId is not null
            && !Maker.AreOneHouse(context, maker.Company.Candidates, MakerId) && !context.Sentence.Contains(["联合", "合作", "共同", "携手", "with"], maker.Start, verb.Start))
            return null;
        var who = maker?.Company ?? OwnMaker(context) ?? context.CarriedCompany();
        // An authority or a university makes models and chips; what else it brings out is paper.
        if (who is null || (who.Kind == EntityKind.Organisation && Kind == EntityKind.Product))
            return null;
        var start = Math.Min(maker?.Start ?? verb.Start, Math.Min(verb.Start, Start));
        var end = Math.Max(End, verb.End);
        var thing = new Participant(Kind, Text, Candidates);
        return Kind switch
        {
            EntityKind.Model => context.Draft("ModelReleased", start, end, [("model", thing), ("developer", who)], ModelValues(context.Sentence, start, end)),
            EntityKind.Chip => context.Draft("ChipAnnounced", start, end, [("chip", thing), ("maker", who)], [("stage", Stages.OfChip(context.Sentence, start, end))]),
            _ => context.Draft("ProductLaunched", start, end, [("product", thing), ("company", who)], [("category", Category), ("stage", Stages.OfProduct(context.Sentence, start, end, Text))]),
        } is { } draft ? Handled(context, DatedByVerb(context, draft, start, end)) : null;
    }

    // 昨晚将 X 推到线上: right before a thing 将 is 把, and no plan.
    private FactDraft Handled(SentenceContext context, FactDraft draft)
    {
        var before = context.Sentence.Slice(Math.Max(context.Sentence.Start, Start - 3), Start).TrimEnd(' ', '“', '「');
        var isPast = context.Sentence.All<DateValue>().Any(date => date.End <= Start && date.Date.Start <= context.Report.ReportDate);
        return draft.Status == FactStatus.Announced && before.EndsWith('将') && isPast ? draft with { Status = FactStatus.Reported } : draft;
    }

    // 将于 5 月发布 X, 7 月中旬上线: a month dates a release though it would be a period of a figure.
    private static FactDraft DatedByVerb(SentenceContext context, FactDraft draft, int start, int end)
    {
        var clause = Rules.Clauses.Start(context.Sentence, start);
        var dates = context.Sentence.Within<DateValue>(clause, context.Sentence.End).Where(date => date.Start <= end + 12).ToList();
        var own = dates.LastOrDefault(date => date.End <= end) ?? dates.FirstOrDefault(date => date.Start >= end && context.Sentence.Slice(end, date.Start).Trim() is "in" or "on" or "(" or "next");
        return own is null || (own.Date.IsDay && context.Sentence.All<DateValue>().Any(date => date.End <= start && date.Date.IsDay)) || Today.Contains(context.Sentence.Slice(own)) ? draft : draft with { When = own.Date.Text };
    }

    private static ReleasedThing Extended(Sentence sentence, Name name, Span behind, HeadNoun noun, string? maker, string before) =>
        new(sentence.Slice(name.Start, behind.End), EntityKind.Product, [], maker, noun.Category, before + " " + sentence.Slice(behind), name.Start, behind.End);

    // A new name that no noun explains: several words or inner capitals are a product's, a single common word is nothing.
    private static string? ByShape(Name name)
    {
        if (name.Quoted || name.Kind is not null)
            return null;
        var capitals = name.Text.Count(char.IsAsciiLetterUpper);
        return capitals >= 2 && name.Text.Length >= 5 && name.Text.Any(char.IsAsciiLetterLower) ? EntityKind.Product : null;
    }

    // Stable Video 4 of a house of models.
    private static string? ByMaker(SentenceContext context, Name name, string before, Participant? maker) =>
        maker is not null && !new[] { "搭载", "基于", "适配", "接入", "采用", "登陆", "兼容", "on ", "for ", "with " }.Any(word => before.Contains(word, StringComparison.Ordinal)) && !name.Quoted && name.Kind is null && name.Text.Length > 2 && name.Text.Any(char.IsAsciiDigit) && char.IsAsciiLetterUpper(name.Text[0]) ? Maker.LikelyKind(context, maker) : null;

    private static readonly string[] Today = ["今日", "今天", "当日", "当天", "昨日", "昨天", "明日", "明天", "today", "yesterday"];

    private Participant? OwnMaker(SentenceContext context) =>
        MakerId is not null && context.Report.Vocabulary.Find(MakerId) is { } company ? new Participant(EntityKind.Company, company.Name, [MakerId]) : null;

    private (string, JsonNode?)[] ModelValues(Sentence sentence, int start, int end)
    {
        var size = Parameters.After(sentence, Start);
        // 权重以 MIT 协议开放: a licence of that kind is given to what is open.
        var stage = Stages.Of(sentence, start, end) is var told && told == "release" && Licenses.In(sentence)?.ToString() is { } licence && (licence.StartsWith("MIT", StringComparison.Ordinal) || licence.StartsWith("Apache", StringComparison.Ordinal)) ? "open-source" : told;
        return
        [
            ("stage", stage), ("modalities", Modalities.In(Phrase)), ("parameters", size.Total), ("activeParameters", size.Active), ("license", Licenses.In(sentence)),
        ];
    }
}
