using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Tests.Values;

public class CellTests
{
    [Theory]
    [InlineData("84.2%", "84.2%")]
    [InlineData("3,895,236", "3895236")]
    [InlineData("12345678", "12345678")]
    [InlineData("20.5x", "20.5x")]
    [InlineData("HK$700", "HKD 700")]
    [InlineData("1,952亿元", "?CNY 195200000000")]
    [InlineData("RMB 12.5", "CNY 12.5")]
    [InlineData("(12.3)", "-12.3")]
    [InlineData("(5.3%)", "-5.3%")]
    [InlineData("(5.3)%", "-5.3%")]
    [InlineData("▲ 2.5%", "+2.5%")]
    [InlineData("▼2.5", "-2.5")]
    [InlineData("−8.41", "-8.41")]
    [InlineData("+668", "668")]
    [InlineData(" 427.20 ", "427.2")]
    [InlineData("19.6*", "19.6")]
    [InlineData("-", "none")]
    [InlineData("–", "none")]
    [InlineData("—", "none")]
    [InlineData("n.a.", "none")]
    [InlineData("NA", "none")]
    [InlineData("NM", "none")]
    [InlineData("", "none")]
    [InlineData("0700.HK", "none")]
    [InlineData("000977", "none")]
    [InlineData("买入", "none")]
    [InlineData("12.5 / 13.1", "none")]
    public void A_cell_holds_one_amount_or_none(string cell, string expected) => Assert.Equal(expected, ValueText.Short(ValueParser.ParseCell(cell, ValueText.Mainland)));

    [Theory]
    [InlineData("总市值 (百万港元/美元)", "1000000 HKD,USD")]
    [InlineData("市值(亿人民币)", "100000000 CNY")]
    [InlineData("市值 (亿港元)", "100000000 HKD")]
    [InlineData("收盘价(元)", "1 home")]
    [InlineData("收盘价 (元) ", "1 home")]
    [InlineData("EPS(元)", "1 home")]
    [InlineData("PE(倍)", "1 x")]
    [InlineData("市盈率 PE (x)", "1 x")]
    [InlineData("月租 (元)", "1 home")]
    [InlineData("In (US$)", "1 USD")]
    [InlineData("目标价 (HK$)", "1 HKD")]
    [InlineData("US$m", "1000000 USD")]
    [InlineData("Revenue (US$ m)", "1000000 USD")]
    [InlineData("NT$bn", "1000000000 TWD")]
    [InlineData("Rmb mn", "1000000 CNY")]
    [InlineData("Net profit (Rmb mn)", "1000000 CNY")]
    [InlineData("涨跌幅(%)", "1 percent")]
    [InlineData("YoY %", "1 percent")]
    [InlineData("单位:百万元", "1000000 home")]
    [InlineData("收入(人民币百万元)", "1000000 CNY")]
    [InlineData("营收(新台币百万元)", "1000000 TWD")]
    [InlineData("总市值(亿)", "100000000 bare")]
    [InlineData("价格(元/百万tokens)", "1 home per 1M tokens")]
    [InlineData("总市值(亿元,本币)", "100000000 home")]
    [InlineData("容量(MW)", "1 MW")]
    [InlineData("公司简称", "none")]
    [InlineData("评级", "none")]
    [InlineData("SWE-Bench Pro", "none")]
    public void A_header_states_multiplier_currency_and_unit(string header, string expected) => Assert.Equal(expected, Describe(UnitParser.Parse(header, "CNY")));

    private static string Describe(HeaderUnit? unit)
    {
        if (unit is null)
            return "none";
        var of = unit.IsMoney ? (unit.Currencies.Count == 0 ? "home" : string.Join(',', unit.Currencies)) : unit.Unit ?? "bare";
        return FormattableString.Invariant($"{unit.Multiplier:0} {of}{(unit.Per is null ? "" : " per " + unit.Per)}");
    }
}
