using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Facts.Policies;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>One frame for all changes: a word that tells of one (<see cref="ChangeWords"/>), the thing on the side that the word calls for, and whoever acts.</summary>
public static class ChangeRules
{
    private static readonly string[] Not = ["未", "并未", "没有", "不会", "并无", "尚未", "从未", "not", "never", "no plans to", "would not", "will not"];

    private static readonly string[] Answers = ["澄清", "回应", "称并", "表示并", "强调", "指出", "said it", "says it", "insisted", "said"];

    private static readonly string[] Hosting = ["hosts", "host", "hosting", "to host", "serves", "serving", "began serving", "offers", "offering", "will offer", "added", "adds", "adding", "上线", "首发", "首发上线", "全面接入", "已接入", "提供", "上架", "接入"];

    // The model that the text has just told of.
    private static readonly string[] Same = ["新模型", "该模型", "此模型", "这款模型", "这一模型", "上述模型", "两款模型", "两款新模型", "该芯片", "该产品", "该功能", "该服务", "it", "the new model", "the model", "both"];

    private static readonly string[] Promised = ["pencilled in", "penciled in", "had planned", "had promised", "had been due", "was due", "were due", "had slated", "had been slated", "was slated", "originally planned", "originally due", "was meant to", "was supposed to", "had hoped to", "had scheduled", "was scheduled", "had been scheduled", "had been expected"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/availability/changed", Lit(Words(ChangeWords.Chinese)).As("verb"), (match, context) => Changed(match, context, ChangeWords.Chinese)),
        new("en/availability/changed", Lit(Words(ChangeWords.English)).As("verb"), (match, context) => Changed(match, context, ChangeWords.English)),
        new("availability/hosted", Lit(Hosting).As("verb"), Hosted),
        new("en/availability/shut-out", Seq(Lit("users", "customers", "developers", "subscribers", "accounts", "members", "minors", "under-18s", "teenagers").As("who"), Gap(34, ",.;"), Lit("may no longer", "can no longer", "cannot", "can't", "are excluded", "were excluded", "lose access", "will lose access", "are locked out", "are shut out", "are left out").As("verb")), ShutOut),
        new("en/availability/ga-planned", Seq(Lit("general availability", "public release", "wider access", "broad availability").As("verb"), Gap(24, ",;"), Alt(Ann<DateValue>(), Ann<PeriodValue>())), GeneralPlanned),
        new("en/availability/lets-use", Seq(Lit("will let", "lets", "is letting", "now lets", "will allow", "now allows", "allows").As("verb"), Gap(24, ",.;"), Lit("call", "use", "access", "try", "run", "download", "rent", "build on", "tap", "to call", "to use", "to access", "to try", "to run", "to download", "to rent"), Gap(24, ",.;"), Ann<Name>("thing")), LetsUse),
        new("zh/availability/taken-up-by", Seq(Lit("被", "获", "获得").As("verb"), Ann<Mention>("by", m => m.Kind is EntityKind.Company or EntityKind.Product), Gap(4, ",。;"), Lit("接入", "上架", "收录", "托管", "引入")), TakenUpBy),
        new("availability/listed-withdrawn", Ann<Name>("thing"), ListedWithdrawn),
        new("en/availability/brought-back", Seq(Lit("brought", "brings", "bringing", "put", "puts", "switched", "turned").As("verb"), Gap(4, ".;,"), Ann<Name>("thing"), Lit("back").As("back")), BroughtBack),
        new("en/availability/moved-date", Seq(Lit("is now a", "is now due", "is now expected", "now due", "now expected", "now slated", "now scheduled", "now planned", "will now arrive", "will now ship", "will now launch", "is now planned").As("verb"), Gap(12, ".;,"), Alt(Ann<DateValue>(), Ann<PeriodValue>())), MovedDate),
    ];

    private static string[] Words(IReadOnlyList<ChangeWords> frames) => [.. frames.SelectMany(frame => frame.Words).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<FactDraft> Changed(PatternMatch match, SentenceContext context, IReadOnlyList<ChangeWords> frames)
    {
        var verb = match.Get<Span>("verb");
        var word = context.Sentence.Slice(verb);
        // Who asks tells nothing.
        if (context.Sentence.Text.TrimEnd(' ', '”', '"', ')') is [.., '?'])
            return [];
        foreach (var frame in frames.Where(frame => frame.Words.Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            if (Fits(context.Sentence, frame, verb) && Subjects(context, frame, verb) is { Count: > 0 } things)
                return Drafts(context, frame, verb, things);
        }

        return [];
    }

    private static bool Fits(Sentence sentence, ChangeWords frame, Span verb)
    {
        var clause = new Span(PartyLists.ClauseStart(sentence, verb.Start), char.IsAsciiLetter(sentence.Passage.Text[verb.Start]) ? sentence.End : PartyLists.ClauseEnd(sentence, verb.End));
        return !sentence.Contains(frame.Unless, clause.Start, clause.End) && (frame.With.Length == 0 || sentence.Contains(frame.With, clause.Start, clause.End)) && !sentence.Contains(frame.Not, Math.Max(clause.Start, verb.Start - 6), Math.Min(clause.End, verb.End + 6));
    }

    // What changes: on the word's own side, else on the other; by its kind alone only where the words leave no doubt that it is had or not had.
    private static IReadOnlyList<Party> Subjects(SentenceContext context, ChangeWords frame, Span verb)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        // 该模型 5 月起开放邀测: what the text has just told of, wherever it may be had.
        if (frame.IsBefore && Same.Any(word => sentence.Has(word, clause, out _)) && Things.Carried(context) is { } it)
            return [it with { Start = verb.Start, End = verb.End }];
        var before = Things.Before(context, verb.Start).Where(thing => thing.Start >= clause).ToList();
        if (before.Exists(thing => IsOfAnother(context, thing, verb) || (thing.Who.Kind == EntityKind.Chip && sentence.Slice(verb).StartsWith("live", StringComparison.OrdinalIgnoreCase))))
            return [];
        var behind = Things.Behind(context, verb.End, reach: 44);
        // P 下架 X: what follows at once is what goes.
        if (frame.IsBefore && frame.Change == "withdrawn" && !sentence.Slice(verb).EndsWith('出') && behind.Count > 0 && behind[0].Start - verb.End <= 2)
            return behind;
        var (first, second) = frame.IsBefore ? (before, behind) : (behind, (IReadOnlyList<Party>)before);
        // 把 X 上架到 P: what is moved stands before the verb.
        if (!frame.IsBefore && before.Count > 0 && sentence.Contains(["把", "将"], clause, before[0].Start))
            return before;
        if (first.Count > 0)
            return first;
        // 对外开放 X: some of these words stand before the thing as well.
        if (frame.IsBefore && behind.Count > 0 && behind[0].Start - verb.End <= 3 && PartyLists.ClauseEnd(sentence, verb.End) > behind[0].Start)
            return behind;
        if (frame.MayGoOn && clause > sentence.Start && sentence.Passage.Text[verb.Start - 1] != '的' && Things.In(context, AfterSemicolon(sentence, clause), clause) is { Count: > 0 } told)
            return [told.FirstOrDefault(thing => !IsHouse(sentence, thing)) ?? told[0]];
        if (frame.MayGoOn && clause == sentence.Start && verb.Start - clause <= 14 && !sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.End <= verb.Start) && Things.Carried(context) is { } goesOn)
            return [goesOn with { Start = verb.Start, End = verb.End }];
        if (frame.Change is "withdrawn" or "delayed" or "opened" && Unlisted(context, frame, clause, verb) is { } unlisted)
            return [unlisted];
        if (second.Count > 0 && !frame.IsBefore)
            return second;
        // 发言人否认延后: what the text goes on about.
        if (frame.Change == "delayed" && sentence.Contains(["否认", "denied", "澄清", "denies"], sentence.Start, sentence.End) && Things.Carried(context) is { } carried)
            return [carried with { Start = verb.Start, End = verb.End }];
        return frame.MayBeDescribed && Things.Described(sentence, clause, verb, PartyLists.ClauseEnd(sentence, verb.End)) is { } described ? [described] : [];
    }

    // A 开源某模型 B 新模型遭押后: behind a space another house begins, whose the news is.
    private static bool IsOfAnother(SentenceContext context, Party thing, Span verb) =>
        context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start > thing.End && m.End <= verb.Start && context.Sentence.Passage.Text[m.Start - 1] == ' ' && m.Id != Things.Maker(context, thing)?.Candidates[0] && context.Sentence.Passage.Text[thing.Start] >= '\u4e00');

    private static int AfterSemicolon(Sentence sentence, int to) => Math.Max(sentence.Start, sentence.Passage.Text.LastIndexOf(';', Math.Max(0, to - 1), Math.Max(0, to - sentence.Start)) + 1);

    // DeepSeek 下一代模型 V5: maker and models share the first name, the second is what is told of.
    private static bool IsHouse(Sentence sentence, Party thing) => sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == thing.Start && m.End == thing.End);

    private static Party? Unlisted(SentenceContext context, ChangeWords frame, int clause, Span verb) =>
        frame.IsBefore ? Things.Subject(context, clause, verb.Start) : Things.Object(context, verb.End) ?? Things.Called(context, verb.End) ?? Things.Moved(context, clause, verb.Start);

    private static IEnumerable<FactDraft> Drafts(SentenceContext context, ChangeWords frame, Span verb, IReadOnlyList<Party> things)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var isDenied = sentence.Contains(Not, Math.Max(clause, verb.Start - 8), verb.Start);
        if (isDenied && !sentence.Contains(Answers, sentence.Start, verb.Start))
            return [];
        var (start, end) = (Math.Min(things[0].Start, verb.Start), Math.Max(things[^1].End, verb.End));
        return AvailabilityDraft.Of(context, things, frame.Change, Actor(context, verb, things[0]), null, start, end)
            .Select(draft => isDenied ? draft with { Status = FactStatus.Denied } : draft);
    }

    // Who acts: an authority or a company before the word, else whose the thing is, else whom the text goes on about.
    private static Participant? Actor(SentenceContext context, Span verb, Party thing)
    {
        var subject = PartyLists.Subjects(context, Math.Min(verb.Start, thing.Start)).LastOrDefault(party => !party.IsThing);
        var authority = subject is null || subject.Who.Candidates.Count == 0 ? Authorities.Before(context, verb.Start) is { Count: > 0 } found ? found[0].Who : null : null;
        return subject?.Who ?? authority ?? Things.Maker(context, thing) ?? context.CarriedCompany();
    }

    // Users in mainland China still cannot sign up: of what the text tells.
    private static IEnumerable<FactDraft> ShutOut(PatternMatch match, SentenceContext context)
    {
        var (who, verb) = (match.Get<Span>("who"), match.Get<Span>("verb"));
        var clause = PartyLists.ClauseStart(context.Sentence, who.Start);
        var thing = Things.In(context, verb.End, context.Sentence.End).FirstOrDefault() ?? Things.In(context, context.Sentence.Start, who.Start).LastOrDefault() ?? Things.Carried(context);
        if (thing is null)
            return [];
        var affected = Participant.Unknown(EntityKind.Organisation, context.Sentence.Slice(Math.Max(clause, context.Sentence.Start), who.End).Trim());
        return AvailabilityDraft.Of(context, [thing with { Start = verb.Start, End = verb.End }], "restricted", Things.Maker(context, thing) ?? context.CarriedCompany(), affected, clause, match.End);
    }

    // General availability is planned for Q3
    private static IEnumerable<FactDraft> GeneralPlanned(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var thing = Things.In(context, context.Sentence.Start, verb.Start).LastOrDefault() ?? Things.Carried(context);
        var isTold = context.Sentence.Contains(["planned", "due", "expected", "set", "slated", "scheduled", "follows", "will", "comes", "targeted", "promised", "pencilled in"], verb.End, match.End);
        return thing is null || !isTold ? [] : AvailabilityDraft.Of(context, [thing with { Start = verb.Start, End = match.End }], "opened", Things.Maker(context, thing) ?? context.CarriedCompany(), null, verb.Start, match.End).Select(draft => draft with { Status = FactStatus.Announced });
    }

    // Acme will let developers call its Forge 3 from any app
    private static IEnumerable<FactDraft> LetsUse(PatternMatch match, SentenceContext context)
    {
        var (verb, name) = (match.Get<Span>("verb"), match.Get<Name>("thing"));
        var thing = Things.In(context, name.Start, name.End).FirstOrDefault();
        var by = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        return thing is null || by is null ? [] : AvailabilityDraft.Of(context, [thing], "opened", by.Who, null, by.Start, thing.End);
    }

    // 海外首日即被某平台接入
    private static IEnumerable<FactDraft> TakenUpBy(PatternMatch match, SentenceContext context)
    {
        var by = match.Get<Mention>("by");
        var thing = Things.In(context, context.Sentence.Start, match.Start).FirstOrDefault(found => found.Who.Kind == EntityKind.Model);
        return thing is null ? [] : AvailabilityDraft.Of(context, [thing], "opened", Participant.Of(by, context.Sentence), null, match.Start, match.End);
    }

    // 今日下架 over a list: whatever opens an item goes.
    private static IEnumerable<FactDraft> ListedWithdrawn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("thing");
        var blocks = context.Report.Document.Blocks;
        var at = Array.FindIndex([.. blocks], block => ReferenceEquals(block, sentence.Block) || block.Start == sentence.Block.Start);
        var above = sentence.Block.Heading >= 0 && sentence.Block.Kind == BlockKind.ListItem ? blocks[sentence.Block.Heading] : at > 0 ? blocks[at - 1] : null;
        var isList = above is { Kind: BlockKind.Heading or BlockKind.Paragraph, Passage.Text: { Length: <= 16 } title } && Gone.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (!isList || sentence.Start != 0 || sentence.Slice(0, name.Start).Any(char.IsLetter) || Things.In(context, name.Start, name.End).FirstOrDefault() is not { } thing)
            return [];
        return AvailabilityDraft.Of(context, [thing], "withdrawn", Things.Maker(context, thing), null, name.Start, name.End);
    }

    private static readonly string[] Gone = ["下架", "下线", "停用", "退役", "停服", "retired", "withdrawn", "discontinued", "deprecated", "sunset", "shut down"];

    // brought X back
    private static IEnumerable<FactDraft> BroughtBack(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var things = Things.Behind(context, verb.End, reach: 6);
        return things.Count == 0 || things[^1].End > match.Get<Span>("back").Start ? [] : AvailabilityDraft.Of(context, things, "opened", Actor(context, verb, things[0]), null, verb.Start, match.End);
    }

    // Google had pencilled in X for this month; it is now a July release: what was told before it.
    private static IEnumerable<FactDraft> MovedDate(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        foreach (var here in context.AndEarlier.Take(2))
        {
            var end = here == context ? verb.Start : here.Sentence.End;
            if (here.Sentence.Contains(Promised, here.Sentence.Start, end) && Things.In(here, here.Sentence.Start, end) is { Count: > 0 } things)
                return AvailabilityDraft.Of(context, [things[^1]], "delayed", Things.Maker(here, things[^1]) ?? here.Company(things[^1].Start), null, verb.Start, match.End);
        }

        return [];
    }

    // P hosts X, P 上线 X of another house: X can be had there.
    private static IEnumerable<FactDraft> Hosted(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var models = Things.Behind(context, verb.End, reach: 20).Where(thing => thing.Who.Kind == EntityKind.Model && Things.Maker(context, thing) is not null).ToList();
        if (models.Count == 0 && context.Sentence.Find(Same, verb.End, Math.Min(context.Sentence.End, verb.End + 6)) is not null && Things.Carried(context) is { Who.Kind: EntityKind.Model } it)
            models.Add(it with { Start = verb.Start, End = verb.End });
        // A chip that serves a model runs it, and opens nothing.
        if (KnowledgeGraph.Extraction.Rules.Subjects.Of(context, verb.Start) is [{ Kind: EntityKind.Chip }])
            return [];
        var hosts = PartyLists.Subjects(context, verb.Start).Where(party => party.Who.Kind is not (EntityKind.Model or EntityKind.Chip)).ToList();
        var isAdded = context.Sentence.Slice(verb).StartsWith("add", StringComparison.OrdinalIgnoreCase);
        // Inside Microsoft it already serves X: what does is it, and no house.
        if (hosts.Count > 0 && context.Sentence.Contains(["it"], hosts[0].End, verb.Start))
            return [];
        if (models.Count == 0 || hosts.Count == 0 || hosts.Exists(host => Things.IsOwn(context, models[0], host)) || (isAdded && context.Sentence.Find(["to"], models[^1].End, Math.Min(context.Sentence.End, models[^1].End + 6)) is null))
            return [];
        return AvailabilityDraft.Of(context, models, "opened", hosts[0].Who, null, Math.Min(hosts[0].Start, verb.Start), Math.Max(verb.End, models[^1].End));
    }
}
