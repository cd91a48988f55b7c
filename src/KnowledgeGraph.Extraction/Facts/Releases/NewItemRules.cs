using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// Items of a list whose heading says that they are new (本周新品, 昨日新增, New this week): the name opens the item, perhaps behind a day and its maker, and marks part
/// what is said of it (1/30 云麓 Lark-2-9B，开源 · Forge 2, Acme, preview). No word of releasing stands in the item itself.
/// </summary>
public static class NewItemRules
{
    private static readonly string[] New =
    [
        "新增", "新品", "上新", "新发布", "新模型", "新产品", "新上线", "新开源", "发布清单", "发布一览", "发布汇总", "首发", "上架", "开源动态", "模型发布", "产品发布", "新面孔", "新登场", "new releases", "new models", "new products", "new this week", "new today", "new arrivals", "released this week", "launched this week", "launches", "releases", "shipped this week", "out this week", "out now", "drops of the week", "what's new",
    ];

    private static readonly string[] Models = ["开源", "权重", "参数", "上下文", "文生图", "文生视频", "多模态", "推理", "open weights", "open-weight", "open source", "context", "params", "parameters", "Apache", "MIT"];

    public static IReadOnlyList<Rule> All { get; } =
        [new("release/new-item", Ann<Name>("name", name => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip && !name.Quoted), Item)];

    private static IEnumerable<FactDraft> Item(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("name");
        if (sentence.Start != 0 || sentence.Block.Kind != BlockKind.ListItem || Heading(context) is not { } heading)
            return [];
        var owner = sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.Start <= name.Start && m.End <= name.End);
        if (!Opens(sentence, name, owner) || !IsParted(sentence, name))
            return [];
        var maker = owner is not null ? Participant.Of(owner, sentence) : OfHouse(context, name) ?? Second(sentence, name);
        if (maker is null)
            return [];
        var start = owner is { } o && name.Start < o.End ? sentence.SkipSpace(o.End) : name.Start;
        var own = start > name.Start ? name with { Start = start, Text = sentence.Slice(start, name.End), Candidates = [] } : name;
        return Thing(context, own, maker).Draft(context, new Span(own.Start, sentence.End), new Maker(maker, Math.Min(owner?.Start ?? own.Start, own.Start))) is { } draft
            ? [draft with { When = sentence.All<DateValue>().FirstOrDefault(date => date.End <= name.Start)?.Date.Text ?? heading.Day ?? draft.When }] : [];
    }

    private sealed record Above(string? Day);

    // The heading right over the item, and the day that it gives to all below it.
    private static Above? Heading(SentenceContext context)
    {
        var index = context.Sentence.Block.Heading;
        if (index < 0)
            return null;
        var passage = context.Report.Document.Blocks[index].Passage;
        var text = passage.Text;
        return text.Length <= 40 && New.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? new Above(Values.ValueParser.Parse(passage, context.Report.Values).OfType<DateValue>().FirstOrDefault()?.Date.Text) : null;
    }

    // Nothing but a number, a day and the maker before the name.
    private static bool Opens(Sentence sentence, Name name, Mention? owner)
    {
        var at = sentence.All<DateValue>().Where(date => date.End <= name.Start && !sentence.Slice(sentence.Start, date.Start).Any(char.IsLetter)).Select(date => date.End).DefaultIfEmpty(sentence.Start).Max();
        var before = owner is not null && owner.Start < name.Start ? sentence.Slice(at, Math.Max(at, owner.Start)) + sentence.Slice(Math.Max(at, Math.Min(owner.End, name.Start)), name.Start) : sentence.Slice(at, Math.Max(at, name.Start));
        return !before.Any(c => char.IsLetter(c) && c is not ('的' or '/')) && !before.Contains('“', StringComparison.Ordinal);
    }

    // A mark, or a noun and then a mark, follows the name: items that go on as a sentence are read as one.
    private static bool IsParted(Sentence sentence, Name name)
    {
        var end = Clauses.End(sentence, name.End);
        var mark = sentence.Slice(name.End, end).IndexOfAny(['|', '—', '–', '·', '/']);
        return end - name.End <= 8 || mark is >= 0 and <= 4 || HeadNouns.Ending(sentence.Slice(name.End, end)) is not null && end - name.End <= 16;
    }

    private static Participant? OfHouse(SentenceContext context, Name name) => name.Family is { } family ? Maker.Of(context, family) : null;

    // InternVL5-38B, 某实验室, 开源: who stands between the first two marks.
    private static Participant? Second(Sentence sentence, Name name)
    {
        var from = Clauses.End(sentence, name.End) + 1;
        if (from >= sentence.End)
            return null;
        var end = Clauses.End(sentence, from);
        if (sentence.Within<Mention>(from, end).FirstOrDefault(m => m.Kind is EntityKind.Company or EntityKind.Organisation) is { } mention)
            return Participant.Of(mention, sentence);
        var text = sentence.Slice(from, end).Trim();
        return text.Length is >= 2 and <= 16 && new[] { "实验室", "研究院", "科技", "智能", "大学", "公司", "团队", "Labs", "Lab", "AI", "Research", "University" }.Any(word => text.EndsWith(word, StringComparison.Ordinal)) ? Participant.Unknown(EntityKind.Company, text) : null;
    }

    private static ReleasedThing Thing(SentenceContext context, Name name, Participant maker)
    {
        var sentence = context.Sentence;
        var rest = sentence.Slice(name.End, sentence.End);
        var span = NounEvidence.PhraseBehind(sentence, name);
        var noun = span is null ? null : HeadNouns.Ending(sentence.Slice(span));
        noun ??= rest.Split([',', ';', '(', ')', ':', '|', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(HeadNouns.Ending).FirstOrDefault(found => found is not null);
        var isModel = Models.Any(word => rest.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isEdition = noun is { Kind: EntityKind.Product } && span is not null && sentence.SkipSpace(name.End) == span.Start;
        var kind = isEdition ? EntityKind.Product : context.Report.Kinds.Kind(name) ?? noun?.Kind ?? (isModel ? EntityKind.Model : EntityKind.Product);
        var text = isEdition ? sentence.Slice(name.Start, span!.End) : name.Text;
        return new ReleasedThing(text, kind, isEdition ? [] : name.Candidates, maker.Candidates.Count > 0 ? maker.Candidates[0] : null, noun?.Category, rest, name.Start, name.End);
    }
}
